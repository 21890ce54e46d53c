import type { IndexedImage } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';
import { searchBySubstring } from '../search/plan-substring.ts';

/** The newest images of each folder, at any depth; folders without any are left out. */
export function folderCovers(
  db: Sqlite,
  folders: readonly string[],
  count: number,
): ReadonlyMap<string, readonly IndexedImage[]> {
  const covers = new Map<string, readonly IndexedImage[]>();
  for (const folder of folders) {
    const { items } = searchBySubstring(db, { folders: [folder], size: count });
    if (items.length > 0) covers.set(folder, items);
  }
  return covers;
}
