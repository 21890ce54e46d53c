import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { IndexError } from '@iib-kit/catalog';
import type { Sqlite } from './sqlite.ts';
import { addSqlFunctions } from './sql-functions.ts';

/** Limits of the connection that writes. */
export interface WriterLimits {
  /** How long it waits for another program's transaction before it reports `locked`. */
  readonly lockTimeoutMs: number;
  /** Size that the file may grow to; one that is larger already does not grow. */
  readonly maxBytes?: number | undefined;
  /** How long annotations of images that are gone are kept; 0 for good. */
  readonly orphanedAnnotationsDays?: number | undefined;
}

// Readers wait only while a log is recovered after a crash.
const readerTimeoutMs = 10_000;

// Kibibytes of page cache; negative is SQLite's way of saying so.
const writerCache = -32_000;
const readerCache = -16_000;
// Holds several images with their texts; with SQLite's 4,096 a fifth of each page stays empty.
const pageSize = 8192;
// Pages in the log before they are moved into the file: many, since an update rewrites the same pages again and again.
const checkpointPages = 8000;

/** Opens the one connection that writes. */
export function openWriter(path: string, { lockTimeoutMs, maxBytes }: WriterLimits): Sqlite {
  if (!existsSync(dirname(path))) {
    throw new IndexError('cannot-open', `The folder of the database does not exist: ${dirname(path)}`);
  }
  const db = new Database(path, { timeout: lockTimeoutMs });
  // Takes effect in a new file only.
  db.pragma(`page_size = ${pageSize}`);
  db.pragma('auto_vacuum = INCREMENTAL');
  db.pragma(`cache_size = ${writerCache}`);
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  if (maxBytes !== undefined) {
    const size = Number(db.pragma('page_size', { simple: true }));
    db.pragma(`max_page_count = ${Math.max(1, Math.floor(maxBytes / size))}`);
  }
  return db;
}

/** Opens a connection that only reads. */
export function openReader(path: string): Sqlite {
  const db = new Database(path, { timeout: readerTimeoutMs, readonly: true });
  addSqlFunctions(db);
  db.pragma(`cache_size = ${readerCache}`);
  db.pragma('temp_store = MEMORY');
  return db;
}
