import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A backup by its name: `iib.db.20260131T120000000Z-17.bak`. Earlier versions wrote no number. */
export interface BackupFile {
  readonly path: string;
  /** When it was made, by the clock of that moment. */
  readonly madeAt: Date;
  /** Counts the backups of a database, so that their order does not depend on a clock; 0 in names without a number. */
  readonly number: number;
}

const ending = /^\.(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z(?:-(\d+))?\.bak$/;
const unfinished = '.part';
/** Of the file, and of what SQLite writes beside it. */
const cutOff = /\.part(?:-journal|-wal|-shm)?$/;

/** Backups of a database, oldest first. */
export function listBackupFiles(path: string): BackupFile[] {
  return namesBeside(path)
    .flatMap((name): BackupFile[] => {
      const match = ending.exec(name.slice(basename(path).length));
      if (match === null) return [];
      const [, year, month, day, hour, minute, second, ms, number = '0'] = match;
      const madeAt = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
      return [{ path: join(dirname(path), name), madeAt, number: Number(number) }];
    })
    .sort((one, other) => one.number - other.number || one.madeAt.getTime() - other.madeAt.getTime());
}

/** The path of the next backup, and of the file that becomes it once it is whole. */
export function nextBackupFile(
  path: string,
  now: Date,
): { readonly path: string; readonly unfinished: string } {
  const number = Math.max(0, ...listBackupFiles(path).map((made) => made.number)) + 1;
  const backup = `${path}.${stampOf(now)}-${number}.bak`;
  return { path: backup, unfinished: backup + unfinished };
}

/** Removes what backups left that were cut off. */
export function removeUnfinished(path: string): void {
  for (const name of namesBeside(path)) {
    const end = name.slice(basename(path).length);
    if (cutOff.test(end) && ending.test(end.replace(cutOff, '')))
      rmSync(join(dirname(path), name), { force: true });
  }
}

/** A moment as names of files have it. */
export function stampOf(date: Date): string {
  return date
    .toISOString()
    .replaceAll(/[-:]/g, '')
    .replace(/\.(\d+)Z$/, '$1Z');
}

/** Names in the folder of a database that begin with its own. */
export function namesBeside(path: string): string[] {
  return readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.`));
}
