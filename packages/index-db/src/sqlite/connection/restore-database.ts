import {
  copyFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { IndexError } from '@iib-kit/catalog';
import { namesBeside, stampOf } from './backup-files.ts';
import { isSound } from './backup-contents.ts';

const replaced = '.replaced';

/**
 * Puts a backup in the place of a database that nobody has open, which stays beside it under another name. The copy is whole
 * before it gets its name: wherever this is cut off, the old or the new database is there. Gives where the old one is now;
 * undefined where there was none.
 * Throws `locked` while a program has the database open, and `corrupt` for a backup that is damaged.
 */
export function restoreDatabase(path: string, backup: string, now = new Date()): string | undefined {
  if (!isSound(backup)) throw new IndexError('corrupt', `The backup is damaged: ${backup}`);
  const isThere = existsSync(path);
  if (isThere) takeLogIn(path);
  const restoring = `${path}.restoring`;
  copyWhole(backup, restoring);
  const aside = isThere ? `${path}.${stampOf(now)}${replaced}` : undefined;
  if (aside !== undefined) putAside(path, aside);
  // One that could not be taken in belongs to what it was written for; SQLite would write it into whatever lies there.
  for (const end of ['-wal', '-shm', '-journal']) {
    if (!existsSync(path + end)) continue;
    if (aside === undefined) rmSync(path + end);
    else renameSync(path + end, aside + end);
  }
  renameSync(restoring, path);
  sync(dirname(path));
  return aside;
}

/** Brings what the log holds into the file; fails where somebody else has it open. One that is damaged goes as it is. */
function takeLogIn(path: string): void {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { timeout: 0 });
    // SQLite leaves this mode only for the one that has the database alone.
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE; COMMIT');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^SQLITE_(?:BUSY|LOCKED)/.test(code))
      throw new IndexError('locked', `A program has the database open: ${path}`, { cause: error });
    if (!/^SQLITE_(?:CORRUPT|NOTADB)/.test(code)) throw error;
  } finally {
    db?.close();
  }
}

/** Leaves nothing where there is no room for it. */
function copyWhole(from: string, to: string): void {
  rmSync(to, { force: true });
  try {
    copyFileSync(from, to);
    sync(to);
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
}

/** By a second name where drives have such, so that there is a database at each moment. */
function putAside(path: string, aside: string): void {
  removeOtherNames(path);
  try {
    linkSync(path, aside);
  } catch {
    renameSync(path, aside);
  }
}

/** A restore that was cut off left a name that says of the database in use that it was replaced. */
function removeOtherNames(path: string): void {
  const { dev, ino, nlink } = statSync(path, { bigint: true });
  if (nlink === 1n) return;
  for (const name of namesBeside(path)) {
    const other = join(dirname(path), name);
    if (!name.endsWith(replaced)) continue;
    const found = statSync(other, { bigint: true, throwIfNoEntry: false });
    if (found?.dev === dev && found.ino === ino) rmSync(other);
  }
}

function sync(path: string): void {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    fsyncSync(file);
  } catch {
    // Folders cannot be opened everywhere, and some drives do not know it: the rename comes all the same.
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
