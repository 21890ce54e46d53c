import { mediaFormats } from '@iib-kit/metadata/media-kinds';
import { expect, test } from 'vitest';

import { mediaTypeOf } from './media-type.ts';

test.each(mediaFormats)('$extension is sent as $mediaType', ({ extension, mediaType }) => {
  expect(mediaTypeOf(`/a.b/c${extension.toUpperCase()}`)).toBe(mediaType);
});

test.each([
  ['a.html', 'text/plain; charset=utf-8'],
  ['a.xhtml', 'text/plain; charset=utf-8'],
  ['a.js', 'text/plain; charset=utf-8'],
  ['a.webp', 'image/webp'],
  ['a.mkv', 'video/x-matroska'],
  ['a.opus', 'audio/ogg'],
  ['a.ts', 'video/mp2t'],
  ['a.tsx', 'text/plain; charset=utf-8'],
  ['a.svg', 'image/svg+xml'],
  ['a.svgz', 'application/octet-stream'],
  ['a.swf', 'application/octet-stream'],
  ['a.constructor', 'application/octet-stream'],
  ['a', 'application/octet-stream'],
  ['.html', 'application/octet-stream'],
])('%s is sent as %s', (name, type) => {
  expect(mediaTypeOf(name)).toBe(type);
});
