import type { Sqlite } from '../../connection/sqlite.ts';

/** Adds the name by which images are ordered; filled, where it is missing, when that order is first asked for. */
export function addNameColumn(db: Sqlite): void {
  db.exec('ALTER TABLE media_info ADD COLUMN name TEXT');
}
