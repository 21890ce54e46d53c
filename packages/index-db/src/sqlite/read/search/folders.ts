import type { Sqlite } from '../../connection/sqlite.ts';
import { type FolderRange, folderRange } from '@iib-kit/catalog/text';

/** The asked folders as ranges; undefined means everywhere, an empty list nowhere. */
export function folderRanges(folders: readonly string[] | undefined): readonly FolderRange[] | undefined {
  return folders?.map(folderRange);
}

export function isInside(ranges: readonly FolderRange[] | undefined, path: string): boolean {
  return ranges === undefined || ranges.some(({ from, to }) => path >= from && path < to);
}

/** Whether the folders hold so many images at the most. */
export function holdAtMost(db: Sqlite, ranges: readonly FolderRange[], most: number): boolean {
  const count = db
    .prepare<[string, string, number], number>(
      'SELECT count(*) FROM (SELECT 1 FROM image WHERE path >= ? AND path < ? LIMIT ?)',
    )
    .pluck();
  let left = most;
  for (const { from, to } of ranges) {
    left -= count.get(from, to, left + 1) ?? 0;
    if (left < 0) return false;
  }
  return true;
}

/** Whether any image is in a folder. */
export function isAnyInside(db: Sqlite, folder: string): boolean {
  const { from, to } = folderRange(folder);
  return db.prepare('SELECT 1 FROM image WHERE path >= ? AND path < ? LIMIT 1').get(from, to) !== undefined;
}

// As SQLite orders texts; by their units in JavaScript, some are ordered otherwise.
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Whether no image is outside of these folders: asks only what is between them. */
export function areAllInside(db: Sqlite, folders: readonly string[]): boolean {
  const between = db.prepare('SELECT 1 FROM image WHERE path >= ? AND path < ? LIMIT 1');
  let end = '';
  for (const { from, to } of folders.map(folderRange).sort((a, b) => byBytes(a.from, b.from))) {
    if (byBytes(end, from) < 0 && between.get(end, from) !== undefined) return false;
    if (byBytes(end, to) < 0) end = to;
  }
  return db.prepare('SELECT 1 FROM image WHERE path >= ? LIMIT 1').get(end) === undefined;
}
