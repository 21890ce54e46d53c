import path from 'node:path';

import { expect, test } from 'vitest';

import { launcher, type Launched } from './helpers/launched-app.ts';
import { makeImage } from './helpers/make-image.ts';
import { until } from './helpers/until.ts';

const launch = launcher();

async function thumbnailOf({ app }: Launched, file: string): Promise<Response> {
  const query = new URLSearchParams({ path: file });
  return fetch(new URL(`/infinite_image_browsing/image-thumbnail?${query.toString()}`, app.url));
}

test('a picture of more pixels than the option allows is too large', async () => {
  const launched = await launch({ thumbnailMaxPixels: 64 * 48 });
  expect((await thumbnailOf(launched, launched.image)).status).toBe(200);
  const wide = path.join(path.dirname(launched.image), 'wide.png');
  await makeImage(wide, { width: 66, height: 48 });
  const response = await thumbnailOf(launched, wide);
  expect(response.status).toBe(413);
  expect(await response.json()).toEqual({
    detail: `${wide} has 66 x 48 pixels, more than maxPixels (3072)`,
  });
});

test('thumbnails take no more room than the option allows, which the server tells', async () => {
  const launched = await launch({ thumbnailCacheMb: 5, trashDays: 30, trashMaxMb: 2 });
  const { body } = await thumbnailOf(launched, launched.image);
  await body?.cancel();
  const response = await fetch(new URL('/infinite_image_browsing/storage', launched.app.url));
  const { thumbnails, trash } = (await response.json()) as { thumbnails: { bytes: number }; trash: unknown };
  expect(thumbnails).toEqual({ bytes: expect.any(Number), max_bytes: 5 * 2 ** 20 });
  expect(thumbnails.bytes).toBeGreaterThan(0);
  expect(trash).toEqual({ max_days: 30, max_bytes: 2 * 2 ** 20 });
});

test('a picture that takes longer than the option allows is out of time, and there later', async () => {
  const launched = await launch({ thumbnailTimeoutMs: 1 });
  const large = path.join(path.dirname(launched.image), 'large.png');
  await makeImage(large, { width: 4000, height: 4000 });
  const response = await thumbnailOf(launched, large);
  expect(response.status).toBe(408);
  expect(await response.json()).toEqual({
    detail: `${large} was not drawn within 1 ms; it is finished in the background`,
  });
  await until(
    () => thumbnailOf(launched, large),
    ({ status }) => status === 200,
  );
});
