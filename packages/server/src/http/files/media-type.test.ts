import { mediaKind } from '@iib-kit/metadata';
import { expect, test } from 'vitest';

import { mediaTypeOf } from './media-type.ts';

const images = 'png apng jpg jpeg jpe jfif webp gif avif heif heic jxl tif tiff bmp'.split(' ');
const videos = 'mp4 m4v mov mkv webm avi'.split(' ');
const sounds = 'mp3 wav ogg flac m4a aac opus'.split(' ');

test.each([...images, ...videos, ...sounds])('%s is sent as what the index takes it for', (ending) => {
  expect(mediaTypeOf(`/a.b/c.${ending.toUpperCase()}`).split('/')[0]).toBe(mediaKind(`c.${ending}`));
});

test.each([
  ['a.html', 'text/plain; charset=utf-8'],
  ['a.xhtml', 'text/plain; charset=utf-8'],
  ['a.js', 'text/plain; charset=utf-8'],
  ['a.svg', 'image/svg+xml'],
  ['a.svgz', 'application/octet-stream'],
  ['a.swf', 'application/octet-stream'],
  ['a.constructor', 'application/octet-stream'],
  ['a', 'application/octet-stream'],
  ['.html', 'application/octet-stream'],
])('%s is sent as %s', (name, type) => {
  expect(mediaTypeOf(name)).toBe(type);
});
