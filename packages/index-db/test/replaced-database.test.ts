import { copyFileSync, mkdirSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryLibrary } from './helpers/temporary-library.ts';

type Library = ReturnType<typeof temporaryLibrary>;

async function openRated() {
  const library = temporaryLibrary();
  const path = library.picture('one.png', 'fox', 1);
  const index = await library.open();
  await index.update([library.root]);
  await index.setRating([path], 3);
  const backup = await index.backUp();
  return { library, index, path, backup };
}

const inPlaceOf: readonly (readonly [string, (library: Library, backup: string) => void])[] = [
  ['is deleted', ({ databasePath }) => rmSync(databasePath)],
  ['is moved away', ({ databasePath, base }) => renameSync(databasePath, join(base, 'away.db'))],
  ['is replaced by a backup', ({ databasePath }, backup) => renameSync(backup, databasePath)],
  ['is emptied', ({ databasePath }) => truncateSync(databasePath)],
  ['loses its log', ({ databasePath }) => rmSync(`${databasePath}-wal`)],
  [
    'is deleted with all beside it',
    ({ databasePath }) => {
      for (const end of ['', '-wal', '-shm']) rmSync(`${databasePath}${end}`);
    },
  ],
];

it.each(inPlaceOf)('a database that %s while it is open takes nothing more', async (_, change) => {
  const { library, index, path, backup } = await openRated();
  await index.ping();
  change(library, backup);
  const replaced = { name: 'IndexError', code: 'replaced' };
  await expect(index.setRating([path], 5)).rejects.toMatchObject(replaced);
  await expect(index.createTag('lost')).rejects.toMatchObject(replaced);
  await expect(index.reservePaths([path])).rejects.toMatchObject(replaced);
  library.picture('two.png', 'fox', 2);
  await expect(index.update([library.root])).rejects.toMatchObject(replaced);
  await expect(index.backUp()).rejects.toMatchObject(replaced);
  await expect(index.ping()).rejects.toMatchObject(replaced);
  await expect(index.ping()).rejects.toThrow(/\. Nothing is written any more; (?:put|restore|restart)/);
});

it('what was put in its place is opened as it is by the next', async () => {
  const { library, index, path, backup } = await openRated();
  await index.setRating([path], 4);
  renameSync(backup, library.databasePath);
  await expect(index.setRating([path], 5)).rejects.toMatchObject({ code: 'replaced' });
  await index.close();
  const next = await library.open();
  expect((await next.annotationsOf([path])).get(path)).toMatchObject({ rating: 3 });
  expect(await next.checkIntegrity()).toEqual([]);
});

it('what was moved away has all that was acknowledged, and is written again once it is back', async () => {
  const { library, index, path } = await openRated();
  const away = join(library.base, 'away');
  mkdirSync(away);
  renameSync(library.databasePath, join(away, 'iib.db'));
  await expect(index.setRating([path], 5)).rejects.toMatchObject({ code: 'replaced' });
  // Without its log.
  const copy = temporaryLibrary();
  copyFileSync(join(away, 'iib.db'), copy.databasePath);
  const moved = await copy.open();
  expect((await moved.annotationsOf([path])).get(path)).toMatchObject({ rating: 3 });
  renameSync(join(away, 'iib.db'), library.databasePath);
  await index.setRating([path], 5);
  await index.ping();
  expect((await index.annotationsOf([path])).get(path)).toMatchObject({ rating: 5 });
});
