import { folderRange, trimFolder } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';
import { areAllInside } from '../search/folders.ts';

/** Some folders, where images lie outside of them. */
export interface Scope {
  /** How many images are in them, and how many there are at all. */
  readonly inside: number;
  readonly all: number;
  /** A condition on rows of `media_info`, named `m`, that is looked at row by row. */
  readonly holds: string;
  /** The same condition for a query that goes through all rows in it. */
  readonly sql: string;
  readonly parameters: readonly string[];
}

// To follow an index into the table costs as much as going through several rows of it.
const rowsPerLookUp = 4;

/** What counts where only images in these folders do; undefined where that is every image. */
export function scopeOf(db: Sqlite, inside: readonly string[] | undefined): Scope | undefined {
  if (inside === undefined || areAllInside(db, inside)) return undefined;
  const ranges = inside.map((folder) => ({ folder: trimFolder(folder), ...folderRange(folder) }));
  const conditions = ranges.map(() => 'f.path = ? OR (f.path >= ? AND f.path < ?)');
  // By their folders, of which there are few.
  const isIn = `m.folder_id IN (SELECT f.id FROM folders f WHERE ${['false', ...conditions].join(' OR ')})`;
  const parameters = ranges.flatMap(({ folder, from, to }) => [folder, from, to]);
  const count = (sql: string, ...given: string[]): number =>
    db
      .prepare<string[], number>(sql)
      .pluck()
      .get(...given) ?? 0;
  const all = count('SELECT count(*) FROM media_info');
  const held = count(`SELECT count(*) FROM media_info m WHERE ${isIn}`, ...parameters);
  // With a plus, SQLite uses no index for it.
  const holds = `+${isIn}`;
  return { inside: held, all, holds, sql: held * rowsPerLookUp < all ? isIn : holds, parameters };
}

/** Whether no image is outside of these folders. */
export function isEverythingInside(db: Sqlite, inside: readonly string[]): boolean {
  return areAllInside(db, inside);
}
