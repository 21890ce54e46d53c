import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';

import { openIndex } from '@iib-kit/index-db';
import { openService } from '@iib-kit/server';
import { expect, onTestFinished, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { until } from './helpers/until.ts';

const images = 400;

/** A service with an empty library, and folders `one` and `two` of images beside it. */
async function opened() {
  const { folder, remove } = await temporaryFolder();
  const at = (name: string) => path.join(folder, name);
  await makeImage(at('fox.png'), { text: infotext('a fox', 1) });
  for (const name of ['one', 'two', 'library']) await mkdir(at(name));
  for (let number = 0; number < images; number += 1) {
    for (const name of ['one', 'two']) await copyFile(at('fox.png'), at(`${name}/${number}.png`));
  }
  const index = await openIndex({ path: at('iib.db') });
  const service = await openService({ index, extraPaths: [at('library')], cacheDir: at('cache') });
  onTestFinished(async () => {
    await service.close();
    await remove();
  });
  const countIn = async (name: string) =>
    (await index.statistics()).folders.find(({ name: found }) => found === at(name))?.count ?? 0;
  return { index, library: service.library, at, countIn };
}

test('a folder that is added while others are indexed is indexed by the same run', async () => {
  const { library, at, countIn } = await opened();
  await library.add(at('one'), ['scanned']);
  const run = library.updateJob();
  await library.add(at('two'), ['scanned']);
  expect(library.updateJob().id).toBe(run.id);
  expect((await run.done).added).toBe(2 * images);
  expect([await countIn('one'), await countIn('two')]).toEqual([images, images]);
});

test('a folder that is taken out while it is indexed leaves nothing behind', async () => {
  const { index, library, at, countIn } = await opened();
  await library.add(at('one'), ['scanned']);
  await library.add(at('two'), ['scanned']);
  const run = library.updateJob();
  await until(
    async () => (await index.basicInfo()).imageCount,
    (count) => count > 0,
  );
  await library.remove(at('one'), ['scanned']);
  await run.done;
  expect([await countIn('one'), await countIn('two')]).toEqual([0, images]);
  expect((await index.basicInfo()).imageCount).toBe(images);
});
