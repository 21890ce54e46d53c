import type { Sqlite } from '../../connection/sqlite.ts';

/** Adds which annotations wait for their own file, which lies in a trash, and are not for every file of its content. */
export function addAwaitedColumn(db: Sqlite): void {
  db.exec('ALTER TABLE lost_mark ADD COLUMN awaited INTEGER NOT NULL DEFAULT 0');
}
