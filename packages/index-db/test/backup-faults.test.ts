import { readdirSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describeBackups, openIndex } from '@iib-kit/index-db';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callInProgram } from './helpers/called-program.ts';
import { mayMount, temporaryDrive } from './helpers/temporary-drive.ts';
import { temporaryLibrary } from './helpers/temporary-library.ts';

/** A file that takes as many megabytes as a database has. */
function fill(path: string, megabytes: number): void {
  const db = new Database(path);
  db.exec(`CREATE TABLE filler (data BLOB);
    WITH RECURSIVE n (id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM n WHERE id < ${megabytes * 16})
    INSERT INTO filler SELECT randomblob(65536) FROM n`);
  db.close();
}

const copiesBeside = (path: string): string[] =>
  readdirSync(dirname(path)).filter((name) => /\.bak/.test(name));

describe('a backup', () => {
  it('that is killed is none, and leaves nothing for long', async () => {
    const library = temporaryLibrary();
    const path = library.databasePath;
    await (await library.open()).close();
    fill(path, 40);
    const partOf = () => copiesBeside(path).find((name) => name.endsWith('.part'));
    let interrupted = 0;
    for (const share of [0, 0.3, 0.6, 0.9]) {
      const program = await callInProgram(path, 'backUp');
      const isFar = (): boolean => {
        const part = partOf();
        if (part === undefined) return false;
        const { size = 0 } = statSync(join(dirname(path), part), { throwIfNoEntry: false }) ?? {};
        return size >= share * 40 * 2 ** 20;
      };
      while (!isFar() && !program.isOver()) await turn();
      if (!(await program.kill())) continue;
      interrupted += 1;
      expect(describeBackups(path)).toEqual([]);
    }
    expect(interrupted).toBeGreaterThan(0);
    // What SQLite writes beside a file that it changes.
    writeFileSync(`${path}.20260101T000000000Z-1.bak.part-journal`, '');
    const index = await library.open();
    const made = await index.backUp();
    expect(copiesBeside(path)).toEqual([basename(made)]);
    expect(describeBackups(path)).toMatchObject([{ path: made, isSound: true }]);
  }, 60_000);

  it.skipIf(!mayMount)('for which a drive has no room says so, and leaves those that are there', async () => {
    const library = temporaryLibrary();
    const folder = join(library.base, 'drive');
    temporaryDrive(folder);
    const path = join(folder, 'iib.db');
    const index = await openIndex({ path, readers: 1 });
    onTestFinished(() => index.close());
    const first = await index.backUp();
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(join(folder, 'other'), Buffer.alloc(bavail * bsize - 200_000));
    await expect(index.backUp({ kept: 1 })).rejects.toMatchObject({ code: 'disk-full' });
    expect(copiesBeside(path)).toEqual([basename(first)]);
    expect(describeBackups(path)).toMatchObject([{ path: first, isSound: true }]);
    expect(await index.checkIntegrity()).toEqual([]);
  });
});
