import { backUp } from '../connection/back-up.ts';
import { ChangeLog } from './change-log.ts';
import { hasTables, migrate, readSchemaVersion, schemaVersion } from '../schema/migrate.ts';
import { createForeignChanges } from './images/external-changes.ts';
import { createImageWriter } from './images/image-writer.ts';
import { createNameIds } from '../tables/name-ids.ts';
import { SearchDocuments } from '../tables/search-documents.ts';
import { createPathsInMotion, type PathsInMotion } from './images/in-flight-moves.ts';
import { openWriter, type WriterLimits } from '../connection/open-connection.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { TagCounts } from '../tables/tag-counts.ts';

/** Everything that the writing thread shares between its methods. */
export interface WriterStore {
  readonly db: Sqlite;
  readonly images: ReturnType<typeof createImageWriter>;
  readonly names: ReturnType<typeof createNameIds>;
  readonly documents: SearchDocuments;
  readonly counts: TagCounts;
  readonly changes: ChangeLog;
  readonly motion: PathsInMotion;
  /** Follows what another program did to images and tags since we wrote last. */
  noticeForeign(): void;
  /** Runs work in one transaction that holds the write lock from its start. */
  transaction<T>(work: () => T): T;
  /**
   * Like `transaction`, for bulk writing that makes or removes both ends of every reference itself: checking each
   * again would take a quarter of the time of indexing.
   */
  bulkTransaction<T>(work: () => T): T;
}

/** Prepares the writing thread's view of a migrated database. */
export function createWriterStore(db: Sqlite): WriterStore {
  const names = createNameIds(db);
  const documents = new SearchDocuments(db);
  const counts = new TagCounts(db);
  const changes = new ChangeLog();
  const motion = createPathsInMotion();
  const images = createImageWriter({ db, names, documents, counts, changes });
  const foreign = createForeignChanges({ db, names, documents, counts, changes });
  // What `data_version` was when all that others had written was noticed; it changes only through other connections.
  let noticedVersion: unknown;
  let isUncertain = true;

  const versionNow = (): unknown => db.pragma('data_version', { simple: true });

  function forgetRemembered(): void {
    names.clear();
    documents.reload();
    isUncertain = false;
  }

  const run = db.transaction((work: () => unknown) => {
    const version = versionNow();
    const isForeign = version !== noticedVersion;
    if (isForeign || isUncertain) forgetRemembered();
    if (isForeign) foreign.take();
    const result = work();
    counts.flush();
    foreign.forgetOwn();
    documents.flush();
    return { result, version };
  });

  function transaction<T>(work: () => T): T {
    let done: { result: unknown; version: unknown };
    try {
      done = run.immediate(work);
    } catch (error) {
      isUncertain = true;
      counts.discard();
      documents.discard();
      changes.discard();
      throw error;
    }
    noticedVersion = done.version;
    changes.flush();
    return done.result as T;
  }

  function bulkTransaction<T>(work: () => T): T {
    db.pragma('foreign_keys = OFF');
    try {
      return transaction(work);
    } finally {
      db.pragma('foreign_keys = ON');
    }
  }

  function noticeForeign(): void {
    if (versionNow() !== noticedVersion) transaction(() => {});
  }

  return {
    db,
    images,
    names,
    documents,
    counts,
    changes,
    motion,
    noticeForeign,
    transaction,
    bulkTransaction,
  };
}

/** Opens the database for writing and brings it to the present schema, after a backup where it held anything. */
export async function openWriterStore(
  path: string,
  limits: WriterLimits = { lockTimeoutMs: 10_000 },
): Promise<WriterStore> {
  const db = openWriter(path, limits);
  try {
    if (hasTables(db) && readSchemaVersion(db) < schemaVersion) await backUp(db);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    migrate(db);
    const store = createWriterStore(db);
    store.noticeForeign();
    return store;
  } catch (error) {
    db.close();
    throw error;
  }
}
