import { IndexError } from '@iib-kit/catalog';
import { migrations } from './migrations/migrations.ts';
import type { Sqlite } from '../connection/sqlite.ts';

/** The schema number that this version writes, kept in `PRAGMA user_version`. */
export const schemaVersion = migrations.length;

export function readSchemaVersion(db: Sqlite): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** Whether the file holds tables that a migration is about to touch. */
export function hasTables(db: Sqlite): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' LIMIT 1`).get() !== undefined;
}

/** Brings the schema to `schemaVersion`, each step in its own transaction. Throws `newer-schema`. */
export function migrate(db: Sqlite): void {
  const found = readSchemaVersion(db);
  if (found > schemaVersion) {
    throw new IndexError(
      'newer-schema',
      `The database has schema ${found}, this version knows up to ${schemaVersion}: ${db.name}`,
    );
  }
  for (const [index, step] of migrations.entries()) {
    db.transaction(() => {
      // Another process may have done this step while we waited for the lock.
      if (readSchemaVersion(db) > index) return;
      step(db);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
}
