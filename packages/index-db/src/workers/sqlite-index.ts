import type { Backups, ImageIndex } from '@iib-kit/catalog';

/** An index in an SQLite database. */
export interface SqliteIndex extends ImageIndex, Backups {}
