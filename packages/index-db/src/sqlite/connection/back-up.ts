import { renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { readContents } from './backup-contents.ts';
import { listBackupFiles, nextBackupFile, removeUnfinished } from './backup-files.ts';
import { expiredBackups } from './expired-backups.ts';
import type { Sqlite } from './sqlite.ts';

/** How many backups of one database stay beside it unless said otherwise. */
const backupsKept = 3;

/** Backups of a database, oldest first. */
export function listBackups(path: string): string[] {
  return listBackupFiles(path).map((backup) => backup.path);
}

/**
 * Copies a database page by page while it is in use, beside itself; the oldest copies go. Gives the copy's path. One that is
 * cut off is not taken for a backup.
 */
export async function backUp(db: Sqlite, kept = backupsKept, now = new Date()): Promise<string> {
  removeUnfinished(db.name);
  const copy = nextBackupFile(db.name, now);
  try {
    await db.backup(copy.unfinished);
    leaveWal(copy.unfinished);
    renameSync(copy.unfinished, copy.path);
  } catch (error) {
    rmSync(copy.unfinished, { force: true });
    throw error;
  }
  const made = listBackupFiles(db.name);
  if (made.length <= kept) return copy.path;
  const known = made.map((backup) => ({ ...backup, contents: readContents(backup.path) }));
  for (const { path } of expiredBackups(known, kept)) rmSync(path, { force: true });
  return copy.path;
}

/** A copy is one file: in this mode no log stands beside it while it is read. */
function leaveWal(path: string): void {
  const copy = new Database(path);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}
