import type { Sqlite } from '../../connection/sqlite.ts';

// Long work of a server, kept so that its outcome can be asked for later; times are Unix seconds.
const table = `
CREATE TABLE job (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, owner TEXT NOT NULL, status TEXT NOT NULL, stage TEXT NOT NULL,
  progress REAL NOT NULL, detail TEXT NOT NULL, error TEXT, result TEXT, created REAL NOT NULL, started REAL,
  updated REAL NOT NULL, finished REAL);
`;

/** Adds the jobs of a server. */
export function createJobTable(db: Sqlite): void {
  db.exec(table);
}
