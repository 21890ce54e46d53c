import { existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Sqlite } from './sqlite.ts';

/** How much a database holds. */
export interface DatabaseContents {
  readonly images: number;
  /** The owner's tags. */
  readonly tags: number;
  /** Images with a rating, a note or one of the owner's tags. */
  readonly marks: number;
}

const countedTables = {
  images: { needs: ['image'], sql: 'SELECT count(*) FROM image' },
  tags: { needs: ['tag'], sql: `SELECT count(*) FROM tag WHERE type = 'custom'` },
  ratings: { needs: ['image_mark'], sql: `SELECT count(*) FROM image_mark WHERE rating <> 0 OR note <> ''` },
  tagged: {
    needs: ['image_tag', 'tag'],
    sql: `SELECT count(DISTINCT t.image_id) FROM tag g CROSS JOIN image_tag t ON t.tag_id = g.id WHERE g.type = 'custom'`,
  },
} as const;

/** What a database file holds; undefined where it is none, or too damaged to tell. Changes nothing. */
export function readContents(path: string): DatabaseContents | undefined {
  return withDatabase(path, (db) => {
    const tables = new Set(
      db.prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table'`).pluck().all(),
    );
    const count = (name: keyof typeof countedTables): number => {
      const { needs, sql } = countedTables[name];
      return needs.every((table) => tables.has(table)) ? (db.prepare<[], number>(sql).pluck().get() ?? 0) : 0;
    };
    return { images: count('images'), tags: count('tags'), marks: count('ratings') + count('tagged') };
  });
}

/** Whether SQLite finds nothing wrong with a file that nobody has open. */
export function isSound(path: string): boolean {
  return withDatabase(path, (db) => db.pragma('integrity_check', { simple: true }) === 'ok') ?? false;
}

function withDatabase<T>(path: string, work: (db: Sqlite) => T): T | undefined {
  let db: Sqlite | undefined;
  // A copy of an earlier version is one with a log, and reading alone leaves an empty one beside it.
  const left = ['-wal', '-shm'].map((end) => path + end).filter((file) => !existsSync(file));
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    return work(db);
  } catch {
    return undefined;
  } finally {
    db?.close();
    for (const file of left) rmSync(file, { force: true });
  }
}
