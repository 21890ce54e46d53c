import { expect, test } from 'vitest';
import { isSupportedFile, mediaKind, SUPPORTED_FILE_EXTENSIONS } from './media-kind.ts';

test.each([
  ['a.png', 'image'],
  ['/x/B.JPEG', 'image'],
  ['a.b.webp', 'image'],
  ['a.heic', 'image'],
  ['a.mp4', 'video'],
  ['a.WebM', 'video'],
  ['a.mp3', 'audio'],
  ['a.txt', undefined],
  ['png', undefined],
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
