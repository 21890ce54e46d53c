import type { Sqlite } from '../../connection/sqlite.ts';

/** Adds what tells that a file beside an image, which describes it, changed. */
export function addSidecarColumn(db: Sqlite): void {
  db.exec('ALTER TABLE media_info ADD COLUMN sidecar INTEGER');
}
