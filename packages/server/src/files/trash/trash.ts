import type { CommandContext } from '../commands/command-context.ts';
import { deleteStored, tidyBatch, tidyDeletions } from '../disk/trash-batch.ts';
import { putIntoTrash } from './put-into-trash.ts';
import { restoreFromTrash, type RestoreOptions, type RestoreOutcome } from './restore-from-trash.ts';
import { TrashFolders } from './trash-folders.ts';
import { itemOf, type TrashItem } from './trash-item.ts';

/** Holds what was deleted until it is restored or deleted for good. Nothing here takes the lock. */
export interface Trash {
  put(sources: readonly string[]): Promise<TrashItem[]>;
  /** The latest first. */
  list(): Promise<TrashItem[]>;
  restore(ids: readonly string[], options: RestoreOptions): Promise<RestoreOutcome>;
  /** Deletes for good, everything unless ids are given; gives how many. */
  empty(ids: readonly string[] | undefined): Promise<number>;
  /** Ends deletions that were cut off. */
  tidy(): Promise<void>;
}

export function createTrash(
  roots: () => readonly string[],
  centralFolder: string,
  context: CommandContext,
): Trash {
  const folders = new TrashFolders(roots, centralFolder, context.access);
  return {
    put: (sources) => putIntoTrash(sources, folders, context),
    async list() {
      const items = (await folders.stored()).map(itemOf);
      return items.sort((a, b) => b.deletedTime - a.deletedTime || (a.id < b.id ? -1 : 1));
    },
    restore: (ids, options) => restoreFromTrash(ids, options, folders, context),
    async empty(ids) {
      const unique = [...new Set(ids)];
      const items =
        ids === undefined ? await folders.stored() : await Promise.all(unique.map((id) => folders.find(id)));
      for (const { batch, position } of items) await deleteStored(batch, position);
      for (const folder of new Set(items.map(({ batch }) => batch.folder))) await tidyBatch(folder);
      return items.length;
    },
    async tidy() {
      for (const folder of folders.all()) await tidyDeletions(folder);
    },
  };
}
