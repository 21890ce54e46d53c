import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { afterEach, expect, test, vi } from 'vitest';

import { makeImage } from '../../test/helpers/make-image.ts';
import { temporaryFolder } from '../../test/helpers/temporary-folder.ts';
import { type IibOptions, resolveServiceOptions } from '../options/service-options.ts';
import { composeContext } from './compose-context.ts';
import { type HousekeepingParts, startHousekeeping } from './housekeeping.ts';
import { openDefaultIndex } from './open-default-index.ts';
import { closeResources, type ServiceResources } from './service-resources.ts';

const dayMs = 24 * 3_600_000;
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** The parts of a service over an indexed library of two images. */
async function library(given: IibOptions = {}) {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const at = (name: string): string => path.join(folder, name);
  await mkdir(at('library'), { recursive: true });
  for (const name of ['a.png', 'b.png']) await makeImage(at(`library/${name}`));
  const warnings: unknown[] = [];
  const options = resolveServiceOptions({
    dbPath: at('iib.db'),
    cacheDir: at('cache'),
    extraPaths: [at('library')],
    log: { warn: (...told) => warnings.push(told), error: (...told) => warnings.push(told) },
    ...given,
  });
  const index = await openDefaultIndex(options.dbPath, { exclude: [], regexpTimeoutMs: 2000 });
  const opened: ServiceResources = { index };
  cleanups.push(() => closeResources(opened));
  const context = await composeContext(options, index, opened);
  await index.update([at('library')]);
  const housekeeping = (opened.housekeeping = startHousekeeping(context));
  return { at, context, housekeeping, warnings };
}

test('thumbnails of files that are gone go, a week after they were looked at', async () => {
  const { at, context, housekeeping } = await library();
  const box = { width: 64, height: 64 };
  await context.thumbnails.thumbnailBytes(at('library/a.png'), box);
  await makeImage(at('gone.png'), { width: 98, height: 50 });
  await context.thumbnails.thumbnailBytes(at('gone.png'), box);
  await rm(at('gone.png'));
  const entries = async (): Promise<string[]> => {
    const found = await readdir(at('cache/entries'), { recursive: true, withFileTypes: true });
    return found.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  };
  const before = await entries();
  expect(before).toHaveLength(2);
  for (const file of before) await utimes(file, new Date(Date.now() - 8 * dayMs), (await stat(file)).mtime);
  await housekeeping.run();
  expect(await entries()).toHaveLength(1);
  const { etag } = await context.thumbnails.thumbnailBytes(at('library/a.png'), box);
  expect(await entries()).toEqual([expect.stringContaining(etag)]);
});

test('what is too old in the trash is announced, and goes a day later', async () => {
  const { at, context, housekeeping, warnings } = await library({ trashDays: 30 });
  await context.files.trash([at('library/a.png')]);
  await context.files.trash([at('library/b.png')]);
  const old = (await context.files.listTrash()).items.find(({ path: file }) => file.endsWith('a.png'));
  const batches = await readdir(at('library/.iib-trash'));
  for (const batch of batches) {
    const manifest = at(`library/.iib-trash/${batch}/manifest.json`);
    const text = await readFile(manifest, 'utf8');
    if (!text.includes('a.png')) continue;
    const value = JSON.parse(text) as { deleted_time?: number; deletedTime?: number };
    const key = 'deletedTime' in value ? 'deletedTime' : 'deleted_time';
    await writeFile(manifest, JSON.stringify({ ...value, [key]: (value[key] ?? 0) - (31 * dayMs) / 1000 }));
  }
  const names = async () => (await context.files.listTrash()).items.map((item) => path.basename(item.path));
  const expiry = async () =>
    (await context.files.listTrash()).items.map(
      (item) => ((item.expiresTime ?? 0) - Date.now() / 1000) / 3600,
    );
  // `b.png` in 31 days: after 30 and a notice of one. `a.png` is over its time, and nothing was announced yet.
  expect((await expiry()).map(Math.round)).toEqual([31 * 24, 24]);
  await housekeeping.run();
  expect((await names()).sort()).toEqual(['a.png', 'b.png']);
  expect(warnings).toEqual([[{ entries: 1 }, expect.stringContaining('go for good in a day')]]);
  const notices = at('iib.db-files/trash-notices.json');
  expect(Object.keys(JSON.parse(await readFile(notices, 'utf8')) as object)).toEqual([old?.id]);
  await writeFile(notices, JSON.stringify({ [old?.id ?? '']: Date.now() / 1000 - 25 * 3600 }));
  expect((await expiry()).map(Math.round)).toEqual([31 * 24, -1]);
  await housekeeping.run();
  expect(await names()).toEqual(['b.png']);
  expect(JSON.parse(await readFile(notices, 'utf8'))).toEqual({});
});

test('the trash keeps everything unless a limit is given', async () => {
  const { at, context, housekeeping, warnings } = await library();
  await context.files.trash([at('library/a.png')]);
  await housekeeping.run();
  expect((await context.files.listTrash()).items.map(({ expiresTime }) => expiresTime)).toEqual([undefined]);
  expect(warnings).toEqual([]);
});

test('it runs ten minutes after the start and each day from then on, and one failure keeps nothing else from it', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  const runs: string[] = [];
  const failing = async (name: string): Promise<number> => {
    runs.push(name);
    throw new Error('no');
  };
  const warn = vi.fn<() => void>();
  const parts: HousekeepingParts = {
    index: { search: () => Promise.reject(new Error('not asked')) },
    thumbnails: { removeUnused: () => failing('thumbnails') },
    files: { trimTrash: () => failing('trash') },
    log: { warn, error: warn },
  };
  const housekeeping = startHousekeeping(parts);
  await vi.advanceTimersByTimeAsync(9 * 60_000);
  expect(runs).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(runs).toEqual(['thumbnails', 'trash']);
  expect(warn).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(dayMs - 60_000);
  expect(runs).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(11 * 60_000);
  expect(runs).toHaveLength(4);
  await housekeeping.close();
  await vi.advanceTimersByTimeAsync(3 * dayMs);
  expect(runs).toHaveLength(4);
});
