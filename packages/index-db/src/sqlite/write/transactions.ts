import type { Sqlite } from '../connection/sqlite.ts';
import type { NameIds } from '../tables/name-ids.ts';
import type { SearchDocuments } from '../tables/search-documents.ts';
import type { TagCounts } from '../tables/tag-counts.ts';
import type { ChangeLog } from './change-log.ts';
import type { ExternalChanges } from './images/external-changes.ts';

export interface Transactions {
  /** Follows what another program did to images and tags since we wrote last. */
  noticeExternal(): void;
  /** Runs work in one transaction that holds the write lock from its start. */
  transaction<T>(work: () => T): T;
  /**
   * Like `transaction`, for bulk writing that makes or removes both ends of every reference itself: checking each
   * again would take a quarter of the time of indexing.
   */
  bulkTransaction<T>(work: () => T): T;
}

interface TransactionParts {
  readonly db: Sqlite;
  readonly names: NameIds;
  readonly documents: SearchDocuments;
  readonly counts: TagCounts;
  readonly changes: ChangeLog;
  readonly external: ExternalChanges;
}

/** Transactions that begin with what others wrote, and end with all that was gathered written or forgotten. */
export function createTransactions(parts: TransactionParts): Transactions {
  const { db, names, documents, counts, changes, external } = parts;
  // What `data_version` was when all that others had written was noticed; it changes only through other connections.
  let noticedVersion: unknown;
  let isUncertain = true;

  const versionNow = (): unknown => db.pragma('data_version', { simple: true });

  function forgetCached(): void {
    names.clear();
    documents.reload();
    isUncertain = false;
  }

  const run = db.transaction((work: () => unknown) => {
    const version = versionNow();
    const isExternal = version !== noticedVersion;
    if (isExternal || isUncertain) forgetCached();
    if (isExternal) external.take();
    const result = work();
    counts.flush();
    external.forgetOwn();
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

  return {
    transaction,
    bulkTransaction(work) {
      db.pragma('foreign_keys = OFF');
      try {
        return transaction(work);
      } finally {
        db.pragma('foreign_keys = ON');
      }
    },
    noticeExternal() {
      if (versionNow() !== noticedVersion) transaction(() => {});
    },
  };
}
