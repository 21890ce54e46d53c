import type { IndexedImage } from '@iib-kit/catalog';
import { folderRange } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';
import { areSmall, folderStream } from '../search/folder-filter.ts';
import { dateStream } from '../search/document-stream.ts';
import { toIndexedImage } from '../search/image-row.ts';

/** The newest images of each folder, at any depth; folders without any are left out. */
export function folderCovers(
  db: Sqlite,
  folders: readonly string[],
  count: number,
): ReadonlyMap<string, readonly IndexedImage[]> {
  const covers = new Map<string, readonly IndexedImage[]>();
  for (const folder of folders) {
    const range = folderRange(folder);
    const rows = areSmall(db, [range])
      ? folderStream(db, [range], undefined, false)
      : dateStream(db, undefined, false);
    const found: IndexedImage[] = [];
    for (const row of rows) {
      if (row.path >= range.from && row.path < range.to) found.push(toIndexedImage(row));
      if (found.length === count) break;
    }
    if (found.length > 0) covers.set(folder, found);
  }
  return covers;
}
