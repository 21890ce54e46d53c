import { expect, test } from 'vitest';

import type { IndexedImage } from '@iib-kit/catalog';
import { packPage, unpackPage } from './packed-page.ts';

const image: IndexedImage = {
  id: 2 ** 40 + 1,
  path: '/library/狐 fox \ud800.png',
  bytes: 2 ** 41 + 3,
  modifiedTime: 1_704_067_200.123456,
  createdTime: -86_400.5,
  mediaType: 'video',
  width: 1920,
  height: 1080,
};
const { width: _, height: __, ...plain } = image;

test.each([
  ['no image', []],
  ['one image', [image]],
  ['images with and without a size', [image, { ...plain, id: 7, mediaType: 'audio' as const }, image]],
])('a page of %s is the same when it arrives', (_name, items) => {
  for (const ending of [
    { hasNext: true, next: 'x' },
    { hasNext: false, next: '' },
  ]) {
    const page = { items, ...ending };
    expect(unpackPage(structuredClone(packPage(page)))).toStrictEqual(page);
  }
});
