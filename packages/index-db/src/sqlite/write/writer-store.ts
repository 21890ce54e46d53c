import { backUp } from '../connection/back-up.ts';
import { levelStatistics } from '../connection/level-statistics.ts';
import { ChangeLog } from './change-log.ts';
import { hasTables, migrate, readSchemaVersion, schemaVersion } from '../schema/migrate.ts';
import { createExternalChanges } from './images/external-changes.ts';
import { createImageWriter } from './images/image-writer.ts';
import { createNameIds } from '../tables/name-ids.ts';
import { SearchDocuments } from '../tables/search-documents.ts';
import { createInFlightMoves, type InFlightMoves } from './images/in-flight-moves.ts';
import { createTransactions, type Transactions } from './transactions.ts';
import { openWriter, type WriterLimits } from '../connection/open-connection.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { TagCounts } from '../tables/tag-counts.ts';

/** Everything that the writing thread shares between its methods. */
export interface WriterStore extends Transactions {
  readonly db: Sqlite;
  readonly images: ReturnType<typeof createImageWriter>;
  readonly names: ReturnType<typeof createNameIds>;
  readonly documents: SearchDocuments;
  readonly counts: TagCounts;
  readonly changes: ChangeLog;
  readonly moves: InFlightMoves;
}

/** Prepares the writing thread's view of a migrated database. */
export function createWriterStore(db: Sqlite): WriterStore {
  const names = createNameIds(db);
  const documents = new SearchDocuments(db);
  const counts = new TagCounts(db);
  const changes = new ChangeLog();
  const parts = { db, names, documents, counts, changes };
  const transactions = createTransactions({ ...parts, external: createExternalChanges(parts) });
  return { ...parts, images: createImageWriter(parts), moves: createInFlightMoves(), ...transactions };
}

/** Opens the database for writing and brings it to the present schema, after a backup where it held anything. */
export async function openWriterStore(
  path: string,
  limits: WriterLimits = { lockTimeoutMs: 10_000 },
): Promise<WriterStore> {
  const db = openWriter(path, limits);
  try {
    if (hasTables(db) && readSchemaVersion(db) < schemaVersion) await backUp(db, Infinity);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    migrate(db);
    levelStatistics(db);
    const store = createWriterStore(db);
    store.noticeExternal();
    return store;
  } catch (error) {
    db.close();
    throw error;
  }
}
