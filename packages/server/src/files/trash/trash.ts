import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import type { TrashItem } from '@iib-kit/contract';

import { isWithin, type PathAccess } from '../../access/path-access.ts';
import { Refusal } from '../../ports/refusal.ts';
import { carryOut, type CarryOutOptions } from '../execute/carry-out.ts';
import { DestinationNames, type OnConflict } from '../plan/destination-names.ts';
import { lookAt } from '../disk/disk-state.ts';
import { makeFolder, type EntryChecks } from '../plan/entry-checks.ts';
import type { EntryGroup } from '../execute/operation-plan.ts';
import { TRASH_FOLDER } from '../disk/own-names.ts';
import { checkedEntries, type EntryWithSidecars } from '../plan/plan-transfers.ts';
import { renamedSidecar } from '../disk/sidecars.ts';
import {
  batchesIn,
  deleteStored,
  idOf,
  newBatch,
  parseId,
  readBatch,
  storedPath,
  tidyBatch,
  tidyDeletions,
  writeBatch,
  type TrashBatch,
  type TrashedEntry,
} from '../disk/trash-batch.ts';

export interface TrashOptions {
  readonly access: PathAccess;
  /** Folders that have a trash of their own, so that deleting does not copy to another drive. */
  readonly roots: () => readonly string[];
  /** Trash for what lies in none of them, or where none can be made. */
  readonly centralFolder: string;
  readonly carryOut: Pick<CarryOutOptions, 'journal' | 'index'>;
}

/** An entry that is in the trash. */
interface Stored {
  readonly id: string;
  readonly batch: TrashBatch;
  readonly position: number;
  readonly entry: TrashedEntry;
  readonly content: string;
}

/** Holds what was deleted until it is restored or deleted for good. Nothing here takes the lock. */
export interface Trash {
  put(sources: readonly string[], checks: EntryChecks): Promise<TrashItem[]>;
  list(): Promise<TrashItem[]>;
  restore(
    ids: readonly string[],
    options: { onConflict: OnConflict; continueOnError: boolean },
  ): Promise<{ files: { id: string; path: string }[]; errors: string[] }>;
  /** Deletes for good, everything unless ids are given; gives how many. */
  empty(ids: readonly string[] | undefined): Promise<number>;
  /** Ends deletions that were cut off. */
  tidy(): Promise<void>;
}

export function createTrash({ access, roots, centralFolder, carryOut: doing }: TrashOptions): Trash {
  const folders = () => [
    ...new Set([...roots().map((root) => path.join(root, TRASH_FOLDER)), centralFolder]),
  ];

  /** That of the innermost folder of the library around a path. */
  async function folderFor(absolute: string): Promise<string> {
    const [root] = roots()
      .filter((candidate) => isWithin(absolute, candidate))
      .sort((a, b) => b.length - a.length);
    if (root === undefined) return centralFolder;
    const own = path.join(root, TRASH_FOLDER);
    return mkdir(own, { recursive: true }).then(
      () => own,
      () => centralFolder,
    );
  }

  async function putInto(trashFolder: string, sources: readonly EntryWithSidecars[]): Promise<TrashItem[]> {
    const batch = newBatch(trashFolder, sources.map(trashedEntry));
    const groups = sources.map((source, position) => groupInto(batch, position, source));
    const plan = { action: 'move', index: 'forget', groups, tidy: [batch.folder] } as const;
    await carryOut(plan, { ...doing, continueOnError: false, prepare: () => writeBatch(batch) });
    return itemsOf(batch);
  }

  async function stored(): Promise<Stored[]> {
    const batches = (await Promise.all(folders().map(batchesIn))).flat();
    const found: Stored[] = [];
    for (const folder of batches) {
      const batch = await readBatch(folder);
      if (batch !== undefined) found.push(...(await storedIn(batch)));
    }
    return found;
  }

  /** Also what callers may not see is not in the trash for them. */
  async function storedIn(batch: TrashBatch): Promise<Stored[]> {
    const all = batch.entries.map((entry, position) => storedEntry(batch, position, entry));
    const here = await Promise.all(
      all.map(async (item) => access.contains(item.entry.path) && (await lookAt(item.content)) !== undefined),
    );
    return all.filter((_, position) => here[position]);
  }

  async function findStored(id: string): Promise<Stored> {
    const parsed = parseId(id);
    const missing = new Refusal('not-in-trash', { id });
    if (parsed === undefined) throw missing;
    for (const folder of folders()) {
      const batch = await readBatch(path.join(folder, parsed.batch));
      const entry = batch?.entries[parsed.position];
      if (batch === undefined || entry === undefined) continue;
      const found = storedEntry(batch, parsed.position, entry);
      if (access.contains(entry.path) && (await lookAt(found.content)) !== undefined) return found;
    }
    throw missing;
  }

  return {
    async put(sources, checks) {
      const byFolder = new Map<string, EntryWithSidecars[]>();
      const onError = (error: Refusal) => {
        throw error;
      };
      for await (const source of checkedEntries(sources, checks, onError)) {
        const folder = await folderFor(source.entry.path);
        const list = byFolder.get(folder);
        if (list === undefined) byFolder.set(folder, [source]);
        else list.push(source);
      }
      const items: TrashItem[] = [];
      for (const [folder, entries] of byFolder) items.push(...(await putInto(folder, entries)));
      return items;
    },

    async list() {
      const all = await stored();
      return all
        .map(({ batch, position, entry }) => itemOf(batch, position, entry))
        .sort((a, b) => b.deleted_time - a.deleted_time || (a.id < b.id ? -1 : 1));
    },

    async restore(ids, { onConflict, continueOnError }) {
      const names = new Map<string, DestinationNames>();
      const plans: { id: string; batch: string; group: EntryGroup }[] = [];
      const errors: string[] = [];
      for (const id of new Set(ids)) {
        try {
          const item = await findStored(id);
          plans.push({ id, batch: item.batch.folder, group: await planRestore(item, names, onConflict) });
        } catch (error) {
          if (!(error instanceof Refusal) || !continueOnError) throw error;
          errors.push(error.message);
        }
      }
      const groups = plans.map(({ group }) => group);
      const tidy = [...new Set(plans.map(({ batch }) => batch))];
      const plan = { action: 'move', index: 'read', groups, tidy } as const;
      const outcome = await carryOut(plan, { ...doing, continueOnError });
      const restored = new Set(outcome.done.map(([main]) => main.from));
      const files = plans
        .filter(({ group: [main] }) => restored.has(main.from))
        .map(({ id, group: [main] }) => ({ id, path: main.to }));
      return { files, errors: [...errors, ...outcome.errors] };
    },

    async empty(ids) {
      const items = ids === undefined ? await stored() : await Promise.all([...new Set(ids)].map(findStored));
      for (const { batch, position } of items) await deleteStored(batch, position);
      for (const folder of new Set(items.map(({ batch }) => batch.folder))) await tidyBatch(folder);
      return items.length;
    },

    async tidy() {
      for (const folder of folders()) await tidyDeletions(folder);
    },
  };

  async function planRestore(
    { entry, content, batch, position }: Stored,
    names: Map<string, DestinationNames>,
    onConflict: OnConflict,
  ): Promise<EntryGroup> {
    const folder = path.dirname(entry.path);
    await access.check(folder);
    await makeFolder(folder);
    const known = names.get(folder) ?? new DestinationNames(folder);
    names.set(folder, known);
    const name = path.basename(entry.path);
    const [taken, ...sidecarNames] = await known.take([name, ...entry.sidecars], onConflict);
    const sidecars = entry.sidecars.map((sidecar, index) => ({
      from: storedPath(batch, position, sidecar),
      to: path.join(folder, sidecarNames[index] ?? renamedSidecar(sidecar, name, taken)),
    }));
    return [{ from: content, to: path.join(folder, taken) }, ...sidecars];
  }
}

function trashedEntry({ entry, sidecars }: EntryWithSidecars): TrashedEntry {
  const isFolder = entry.stats.isDirectory();
  return {
    path: entry.path,
    type: isFolder ? 'dir' : 'file',
    bytes: isFolder ? 0 : entry.stats.size,
    sidecars,
  };
}

function groupInto(batch: TrashBatch, position: number, { entry, sidecars }: EntryWithSidecars): EntryGroup {
  const { path: from, alias } = entry;
  const main = {
    from,
    to: storedPath(batch, position, path.basename(from)),
    ...(alias === undefined ? {} : { alias }),
  };
  const followers = sidecars.map((name) => ({
    from: path.join(path.dirname(from), name),
    to: storedPath(batch, position, name),
  }));
  return [main, ...followers];
}

function storedEntry(batch: TrashBatch, position: number, entry: TrashedEntry): Stored {
  const content = storedPath(batch, position, path.basename(entry.path));
  return { id: idOf(batch, position), batch, position, entry, content };
}

function itemsOf(batch: TrashBatch): TrashItem[] {
  return batch.entries.map((entry, position) => itemOf(batch, position, entry));
}

function itemOf(batch: TrashBatch, position: number, entry: TrashedEntry): TrashItem {
  return {
    id: idOf(batch, position),
    type: entry.type,
    name: path.basename(entry.path),
    path: entry.path,
    bytes: entry.bytes,
    deleted_time: batch.deletedTime,
  };
}
