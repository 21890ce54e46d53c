import { rm, truncate } from 'node:fs/promises';
import path from 'node:path';

import { openIndex } from '@iib-kit/index-db';
import { openService } from '@iib-kit/server';
import { expect, onTestFinished, test } from 'vitest';

import { infotext, makeImage } from '../helpers/make-image.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** What a service warns of at its start over a database that this was done to, with the backup beside it. */
async function warnedAfter(change: (dbPath: string) => Promise<void>) {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = path.join(folder, 'library');
  const dbPath = path.join(folder, 'iib.db');
  await makeImage(path.join(library, 'one.png'), { text: infotext('a kite', 1) });
  const index = await openIndex({ path: dbPath });
  await index.update([library]);
  const backup = await index.backUp();
  await index.close();
  await change(dbPath);
  const warned: [object, string][] = [];
  const log = {
    warn: (about: object, message: string) => void warned.push([about, message]),
    error: () => {},
  };
  const service = await openService({
    dbPath,
    extraPaths: [library],
    cacheDir: path.join(folder, 'cache'),
    dbBackups: 0,
    log,
  });
  await service.close();
  return { warned, backup };
}

test.each([
  ['deleted', (file: string) => rm(file)],
  ['emptied', (file: string) => truncate(file)],
])('a database that was %s is begun anew with a word on its backups', async (_, change) => {
  const { warned, backup } = await warnedAfter(change);
  expect(warned).toEqual([
    [
      { backups: [backup], newest: backup },
      expect.stringMatching(/^the index is empty, but there are backups/),
    ],
  ]);
});

test('a database with images has nothing to say of its backups', async () => {
  expect((await warnedAfter(async () => {})).warned).toEqual([]);
});
