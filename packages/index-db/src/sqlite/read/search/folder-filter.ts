import type { Sqlite } from '../../connection/sqlite.ts';
import { type FolderRange, folderRange } from '@iib-kit/catalog/text';
import { imageColumns, type TextRow } from './image-row.ts';
import type { DatePosition } from './cursor.ts';

/** Up to this many images, sorting a folder's own is cheaper than passing over everybody else's. */
const fewImages = 20_000;

/** The asked folders as ranges; undefined means everywhere, an empty list nowhere. */
export function folderRanges(folders: readonly string[] | undefined): readonly FolderRange[] | undefined {
  return folders?.map(folderRange);
}

export function isInside(ranges: readonly FolderRange[] | undefined, path: string): boolean {
  return ranges === undefined || ranges.some(({ from, to }) => path >= from && path < to);
}

/** Whether the folders hold so little that their images can be gathered and sorted. */
export function areSmall(db: Sqlite, ranges: readonly FolderRange[]): boolean {
  const count = db
    .prepare<[string, string, number], number>(
      'SELECT count(*) FROM (SELECT 1 FROM image WHERE path >= ? AND path < ? LIMIT ?)',
    )
    .pluck();
  let left = fewImages;
  for (const { from, to } of ranges) {
    left -= count.get(from, to, left + 1) ?? 0;
    if (left < 0) return false;
  }
  return true;
}

/** The images of a few small folders, newest first. */
export function folderStream(
  db: Sqlite,
  ranges: readonly FolderRange[],
  before: DatePosition | undefined,
  withText: boolean,
): Iterable<TextRow> {
  if (ranges.length === 0) return [];
  const inside = ranges.map(() => '(i.path >= ? AND i.path < ?)').join(' OR ');
  const older = before === undefined ? '' : 'AND (m.modified, m.image_id) < (?, ?)';
  const statement = db.prepare<unknown[], TextRow>(
    `SELECT ${imageColumns}, ${withText ? 'i.exif' : 'NULL'} AS text
     FROM image i CROSS JOIN media_info m ON m.image_id = i.id WHERE (${inside}) ${older}
     ORDER BY m.modified DESC, m.image_id DESC`,
  );
  return statement.iterate(
    ...ranges.flatMap(({ from, to }) => [from, to]),
    ...(before === undefined ? [] : [before.modified, before.id]),
  );
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
