import type { Sqlite } from '../../connection/sqlite.ts';
import { createJobTable } from './job-table.ts';
import { addSidecarColumn } from './sidecar-column.ts';
import { createClusterUseTable } from './cluster-use-table.ts';
import { createEmbeddingTable } from './embedding-table.ts';
import { createIibTables } from './iib-tables.ts';
import { createUserTables } from './user-tables.ts';
import { createSearchTables } from './search-tables.ts';
import { addAwaitedColumn } from './awaited-column.ts';
import { addMountColumn } from './mount-column.ts';
import { addNameColumn } from './name-column.ts';
import { keepTextsAndTagIds } from './own-texts-and-tag-ids.ts';
import { recordExternalChanges } from './foreign-changes.ts';
import { indexWords, addLetterBeforeBoundary } from './index-words.ts';

/** In the order of the schema number that each leads to, from 1. A published one is never edited. */
export const migrations: readonly ((db: Sqlite) => void)[] = [
  createIibTables,
  createSearchTables,
  createUserTables,
  createEmbeddingTable,
  addSidecarColumn,
  createJobTable,
  indexWords,
  recordExternalChanges,
  addNameColumn,
  addLetterBeforeBoundary,
  addMountColumn,
  addAwaitedColumn,
  keepTextsAndTagIds,
  createClusterUseTable,
];
