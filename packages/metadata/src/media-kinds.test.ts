import { expect, test } from 'vitest';
import {
  isSupportedFile,
  mediaFormat,
  mediaFormats,
  mediaKind,
  SUPPORTED_FILE_EXTENSIONS,
} from './media-kinds.ts';

test.each([
  ['a.png', 'image'],
  ['/x/B.JPEG', 'image'],
  ['a.b.webp', 'image'],
  ['a.heic', 'image'],
  ['a.mp4', 'video'],
  ['a.WebM', 'video'],
  ['a.mp3', 'audio'],
  ['a.txt', undefined],
  ['a.svg', undefined],
  ['a.ts', undefined],
  ['png', undefined],
  ['.png', undefined],
  ['/x/.png', undefined],
  ['folder.png/readme', undefined],
])('%s is %s', (name, kind) => {
  expect(mediaKind(name)).toBe(kind);
  expect(isSupportedFile(name)).toBe(kind === 'image' || kind === 'video');
});

test('every supported extension is lower case, begins with a dot and announces an image or video', () => {
  expect(SUPPORTED_FILE_EXTENSIONS).toContain('.webp');
  for (const extension of SUPPORTED_FILE_EXTENSIONS) {
    expect(extension).toMatch(/^\.[a-z\d]+$/);
    expect(isSupportedFile(`a${extension.toUpperCase()}`)).toBe(true);
  }
});

test.each([
  ['a.PNG', 'image/png', true],
  ['/x/a.m4v', 'video/mp4', true],
  ['a.opus', 'audio/ogg', true],
  ['a.svg', 'image/svg+xml', false],
  ['a.ts', 'video/mp2t', false],
  ['a.ico', 'image/x-icon', false],
  ['a.oga', 'audio/ogg', false],
])('%s is sent as %s; indexed: %s', (name, mediaType, isIndexed) => {
  expect(mediaFormat(name)).toMatchObject({ mediaType, isIndexed });
});

test('no extension stands for two formats, and each has a media type of its kind', () => {
  const extensions = mediaFormats.map(({ extension }) => extension);
  expect(new Set(extensions).size).toBe(extensions.length);
  for (const { extension, kind, mediaType } of mediaFormats) {
    expect(mediaFormat(`a${extension}`)?.mediaType).toBe(mediaType);
    expect(mediaType.split('/')[0]).toBe(kind);
  }
});
