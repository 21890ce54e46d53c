import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { openService, type IibOptions } from '@iib-kit/server';
import { afterEach, expect, test } from 'vitest';

import { temporaryFolder } from './helpers/temporary-folder.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Options over a folder of its own, and whether its database is open: then it has a log beside it. */
async function made() {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const at = (name: string) => path.join(folder, name);
  await mkdir(at('library'));
  const options: IibOptions = { extraPaths: [at('library')], dbPath: at('iib.db'), cacheDir: at('cache') };
  return { at, options, isOpen: () => existsSync(at('iib.db-wal')) };
}

test.each<[string, string, Partial<IibOptions>, RegExp]>([
  ['the cache folder', 'cache', {}, /EEXIST|ENOTDIR/],
  ['the state folder', 'iib.db-files', {}, /ENOTDIR/],
  ['a proxy', 'unrelated', { trustedProxies: ['nowhere'] }, /nowhere/],
])('a start that fails at %s closes what was open, and the next one succeeds', async (_, name, more, why) => {
  const { at, options, isOpen } = await made();
  await writeFile(at(name), 'in the way');
  await expect(openService({ ...options, ...more })).rejects.toThrow(why);
  expect([existsSync(at('iib.db')), isOpen()]).toEqual([true, false]);

  await rm(at(name));
  const service = await openService(options);
  expect(isOpen()).toBe(true);
  await service.library.update();
  await service.close();
  expect(isOpen()).toBe(false);
});

test('a start that fails at the settings of a web UI closes what was open', async () => {
  const { at, options, isOpen } = await made();
  await writeFile(at('config.json'), '{ this is no JSON');
  await expect(openService({ ...options, sdWebuiConfig: at('config.json') })).rejects.toThrow(/config\.json/);
  expect([existsSync(at('iib.db')), isOpen()]).toEqual([true, false]);
});
