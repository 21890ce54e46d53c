import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type DatabaseContents, isSound, readContents } from './sqlite/connection/backup-contents.ts';
import { listBackupFiles } from './sqlite/connection/backup-files.ts';
import { restoreDatabase } from './sqlite/connection/restore-database.ts';

/** A copy of a database, and what it holds. */
export interface BackupDescription {
  readonly path: string;
  /** When it was made, by the clock of that moment. */
  readonly madeAt: Date;
  readonly bytes: number;
  /** How many images, custom tags, and marks (ratings, notes, tagged images); undefined where they cannot be read. */
  readonly contents: DatabaseContents | undefined;
  /** Whether SQLite finds nothing wrong with it. */
  readonly isSound: boolean;
}

/** The backups of a database, oldest first. Reads each from beginning to end, on the calling thread. */
export function describeBackups(databasePath: string): BackupDescription[] {
  return listBackupFiles(resolve(databasePath)).map(({ path, madeAt }) => ({
    path,
    madeAt,
    bytes: statSync(path).size,
    contents: readContents(path),
    isSound: isSound(path),
  }));
}

/**
 * Puts a backup in the place of a database that no program has open, which is kept beside it. Works on the calling thread.
 * @returns where the previous database is now; undefined where there was none
 * @throws `IndexError`: `locked` while a program has it open, `corrupt` for a backup that is damaged
 */
export function restoreBackup(databasePath: string, backup: string): string | undefined {
  return restoreDatabase(resolve(databasePath), resolve(backup));
}
