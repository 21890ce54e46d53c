import type { CommandContext } from '../commands/command-context.ts';
import { deleteStored, tidyBatch, tidyDeletions } from '../disk/trash-batch.ts';
import { putIntoTrash } from './put-into-trash.ts';
import { restoreFromTrash, type RestoreOptions, type RestoreOutcome } from './restore-from-trash.ts';
import type { TrashFolders } from './trash-folders.ts';
import { itemOf, type TrashItem } from './trash-item.ts';

export interface TrashList {
  /** The latest first. */
  readonly items: readonly TrashItem[];
  /** Folders of deletions that cannot be read, and are left alone. */
  readonly damaged: readonly string[];
}

/** Holds what was deleted until it is restored or deleted for good. Nothing here takes the lock. */
export interface Trash {
  put(sources: readonly string[]): Promise<TrashItem[]>;
  list(): Promise<TrashList>;
  restore(ids: readonly string[], options: RestoreOptions): Promise<RestoreOutcome>;
  /** Deletes for good, everything unless ids are given; gives how many. */
  empty(ids: readonly string[] | undefined): Promise<number>;
  /** Ends deletions that were cut off. */
  tidy(): Promise<void>;
}

export function createTrash(folders: TrashFolders, context: CommandContext): Trash {
  return {
    put: (sources) => putIntoTrash(sources, folders, context),
    async list() {
      const { entries, damaged } = await folders.stored();
      const items = entries.map(itemOf);
      items.sort((a, b) => b.deletedTime - a.deletedTime || (a.id < b.id ? -1 : 1));
      return { items, damaged };
    },
    restore: (ids, options) => restoreFromTrash(ids, options, folders, context),
    async empty(ids) {
      const unique = [...new Set(ids)];
      const items =
        ids === undefined
          ? (await folders.stored()).entries
          : await Promise.all(unique.map((id) => folders.find(id)));
      const within = await context.bounds();
      for (const { batch, position } of items) await deleteStored(batch, position, within);
      for (const folder of new Set(items.map(({ batch }) => batch.folder))) await tidyBatch(folder, within);
      return items.length;
    },
    async tidy() {
      const within = await context.bounds();
      for (const folder of folders.all()) await tidyDeletions(folder, within);
    },
  };
}
