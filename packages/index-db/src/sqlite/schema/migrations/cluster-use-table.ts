import type { Sqlite } from '../../connection/sqlite.ts';

// Beside `topic_cluster_cache`, whose columns are IIB's. `used` is Unix seconds.
const table = 'CREATE TABLE cluster_use (cache_key TEXT PRIMARY KEY, used INTEGER NOT NULL) WITHOUT ROWID;';

/** Adds when a clustering was asked for last. */
export function createClusterUseTable(db: Sqlite): void {
  db.exec(table);
}
