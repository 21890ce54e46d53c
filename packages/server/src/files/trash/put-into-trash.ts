import path from 'node:path';

import type { CommandContext } from '../commands/command-context.ts';
import { newBatch, storedPath, writeBatch, type TrashBatch } from '../disk/trash-batch.ts';
import type { TrashedEntry } from '../disk/trash-manifest.ts';
import { executePlan } from '../execute/execute-plan.ts';
import type { EntryGroup } from '../execute/operation-plan.ts';
import { collectEntries, type EntryWithSidecars } from '../plan/plan-transfers.ts';
import type { TrashFolders } from './trash-folders.ts';
import { itemOf, type TrashItem } from './trash-item.ts';

export async function putIntoTrash(
  sources: readonly string[],
  folders: TrashFolders,
  context: CommandContext,
): Promise<TrashItem[]> {
  const byFolder = new Map<string, EntryWithSidecars[]>();
  for (const source of await collectEntries(sources, context.checks())) {
    const folder = await folders.folderFor(source.entry.path);
    const list = byFolder.get(folder);
    if (list === undefined) byFolder.set(folder, [source]);
    else list.push(source);
  }
  const items: TrashItem[] = [];
  for (const [folder, entries] of byFolder) items.push(...(await putInto(folder, entries, context)));
  return items;
}

async function putInto(
  folder: string,
  sources: readonly EntryWithSidecars[],
  context: CommandContext,
): Promise<TrashItem[]> {
  const batch = newBatch(folder, sources.map(trashedEntry));
  const groups = sources.map((source, position) => groupInto(batch, position, source));
  const plan = { action: 'move', index: 'store', groups, tidy: [batch.folder] } as const;
  const prepare = async () => writeBatch(batch, await context.bounds());
  await executePlan(plan, { ...context, continueOnError: false, prepare });
  return batch.entries.map((entry, position) => itemOf({ batch, position, entry }));
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
