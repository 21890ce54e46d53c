import type { CommandContext } from '../commands/command-context.ts';
import type { Logger } from '../../ports/logger.ts';
import { deleteStored, tidyBatch, tidyDeletions } from '../disk/trash-batch.ts';
import { putIntoTrash } from './put-into-trash.ts';
import { restoreFromTrash, type RestoreOptions, type RestoreOutcome } from './restore-from-trash.ts';
import type { TrashFolders } from './trash-folders.ts';
import { itemOf, type StoredEntry, type TrashItem } from './trash-item.ts';
import { readNotices, writeNotices } from './trash-notices.ts';
import {
  expiryOf,
  planTrashTrim,
  storedBytes,
  type TrashLimits,
  type TrashNotices,
  type TrimmableEntry,
} from './trim-trash.ts';

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
  /** Deletes for good what has been over a limit for a day; gives how many. */
  trim(): Promise<number>;
  /** Ends deletions that were cut off. */
  tidy(): Promise<void>;
}

interface TrashContext extends CommandContext {
  /** Keeps what was announced across starts. */
  readonly noticesFile: string;
  readonly limits: TrashLimits;
  readonly log: Logger;
}

export function createTrash(folders: TrashFolders, context: TrashContext): Trash {
  const empty = (items: readonly StoredEntry[]): Promise<number> => deleteForGood(items, context);
  const { limits, noticesFile, log } = context;
  const hasLimits = limits.maxDays !== undefined || limits.maxBytes !== undefined;
  const withExpiry = (items: readonly TrashItem[], notices: TrashNotices): TrashItem[] => {
    const now = Date.now() / 1000;
    return items.map((item) => ({ ...item, expiresTime: expiryOf(item, limits, { notices, now }) }));
  };
  return {
    async put(sources) {
      return withExpiry(await putIntoTrash(sources, folders, context), {});
    },
    async list() {
      const { entries, damaged } = await folders.stored();
      const notices = hasLimits ? await readNotices(noticesFile) : {};
      const items = withExpiry(entries.map(itemOf), notices);
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
      return empty(items);
    },
    async trim() {
      if (!hasLimits) return 0;
      const stored = new Map((await folders.stored()).entries.map((item) => [itemOf(item).id, item]));
      const entries: TrimmableEntry[] = [];
      for (const [id, item] of stored) {
        const { deletedTime } = item.batch;
        entries.push({ id, deletedTime, bytes: await storedBytes(item) });
      }
      const known = await readNotices(noticesFile);
      const { due, notices, announced } = planTrashTrim(entries, limits, {
        notices: known,
        now: Date.now() / 1000,
      });
      if (announced > 0)
        log.warn(
          { entries: announced },
          'these entries of the trash are over its limits and go for good in a day',
        );
      const deleted = await empty(due.flatMap((id) => stored.get(id) ?? []));
      await writeNotices(noticesFile, notices);
      if (deleted > 0)
        log.warn({ entries: deleted }, 'entries of the trash that were over its limits are gone');
      return deleted;
    },
    async tidy() {
      const within = await context.bounds();
      for (const folder of folders.all()) await tidyDeletions(folder, within);
    },
  };
}

async function deleteForGood(items: readonly StoredEntry[], context: TrashContext): Promise<number> {
  const within = await context.bounds();
  for (const { batch, position } of items) await deleteStored(batch, position, within);
  if (items.length > 0) await context.index.forgetStored(items.map(({ content }) => content));
  for (const folder of new Set(items.map(({ batch }) => batch.folder))) await tidyBatch(folder, within);
  return items.length;
}
