import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Sqlite } from './sqlite.ts';

/** How many backups of one database stay beside it unless said otherwise. */
export const backupsKept = 3;

const stamp = (date: Date): string =>
  date
    .toISOString()
    .replaceAll(/[-:]/g, '')
    .replace(/\.(\d+)Z$/, '$1Z');

/** Backups of a database, oldest first. */
export function listBackups(path: string): string[] {
  const prefix = `${basename(path)}.`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && /\d{8}T\d{9}Z\.bak$/.test(name))
    .sort()
    .map((name) => join(dirname(path), name));
}

/** Copies a database page by page while it is in use, beside itself; the oldest copies go. Gives the copy's path. */
export async function backUp(db: Sqlite, kept = backupsKept): Promise<string> {
  const copy = `${db.name}.${stamp(new Date())}.bak`;
  await db.backup(copy);
  for (const old of listBackups(db.name).slice(0, -kept)) rmSync(old, { force: true });
  return copy;
}
