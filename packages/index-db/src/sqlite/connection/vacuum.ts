import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import type { Sqlite } from './sqlite.ts';

/** What SQLite calls a file whose unused pages can be cut off bit by bit. */
export const incremental = 2;

/**
 * Writes the file again without unused room; from then on such room can be given back bit by bit. Killed midway, the file is as
 * before.
 */
export function vacuum(db: Sqlite): void {
  const store = db.pragma('temp_store', { simple: true });
  // The copy that it makes is as large as the database.
  db.pragma('temp_store = FILE');
  try {
    db.pragma('auto_vacuum = INCREMENTAL');
    db.exec('VACUUM');
  } finally {
    db.pragma(`temp_store = ${String(store)}`);
  }
}

/** Bytes that are free where a copy of a database and its log go. */
export function freeBytesFor(path: string): number {
  return Math.min(
    ...[dirname(path), tmpdir()].map((folder) => {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize;
    }),
  );
}
