import type { RelocatedRow } from '@iib-kit/catalog/scan';
import type { WriterStore } from '../writer-store.ts';

/**
 * Puts images under the paths at which their content was found, in one transaction since they may exchange them, but for
 * what callers moved or removed meanwhile. An image that is left without a path is removed; says how many were.
 */
export function relocateRows(store: WriterStore, rows: readonly RelocatedRow[]): number {
  const { images, moves } = store;
  return store.bulkTransaction(() => {
    const believed = rows.filter(
      ({ id, path }) => moves.mayBeFound(id) && !moves.wasLeft(path) && images.has(id),
    );
    const parked = believed.map((row) => ({ ...row, before: images.park(row.id) }));
    let removed = 0;
    for (const { id, path, folder, before } of parked) {
      const replaced = images.idOf(path);
      if (replaced !== undefined) {
        images.remove(replaced);
        removed += 1;
      }
      images.relocate(id, path, folder, before);
    }
    return removed;
  });
}
