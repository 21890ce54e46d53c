import type { Sqlite } from '../../connection/sqlite.ts';

/** Adds whether a folder lay on another drive than the one that holds it, by which a drive that is gone is told. */
export function addMountColumn(db: Sqlite): void {
  db.exec('ALTER TABLE folders ADD COLUMN mount INTEGER');
}
