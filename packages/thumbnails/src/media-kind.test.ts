import { expect, test } from 'vitest';

import { mediaKind } from './media-kind.ts';

test.each([
  ['/a/b.png', 'image'],
  ['PHOTO.JPEG', 'image'],
  ['a.b.AvIf', 'image'],
  ['clip.MKV', 'video'],
  ['stream.ts', 'video'],
  ['icon.ico', 'image'],
  ['a.apng', 'image'],
  ['song.mp3', undefined],
  ['notes.txt', undefined],
  ['png', undefined],
  ['.png', undefined],
  ['a.png.txt', undefined],
])('%s is %s', (path, kind) => {
  expect(mediaKind(path)).toBe(kind);
});
