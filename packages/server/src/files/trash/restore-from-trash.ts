import path from 'node:path';

import { Refusal } from '../../ports/refusal.ts';
import type { CommandContext } from '../commands/command-context.ts';
import { isOwnPath } from '../disk/own-names.ts';
import { renamedSidecar } from '../disk/sidecars.ts';
import { storedPath } from '../disk/trash-batch.ts';
import { executePlan } from '../execute/execute-plan.ts';
import type { EntryGroup } from '../execute/operation-plan.ts';
import { DestinationNames, type OnConflict } from '../plan/destination-names.ts';
import { makeFolder } from '../plan/entry-checks.ts';
import type { TrashFolders } from './trash-folders.ts';
import type { StoredEntry } from './trash-item.ts';

export interface RestoreOptions {
  readonly onConflict: OnConflict;
  readonly continueOnError: boolean;
}

export interface RestoreOutcome {
  readonly files: readonly { readonly id: string; readonly path: string }[];
  /** What failed, in words; empty unless told to go on. */
  readonly errors: readonly string[];
}

interface PlannedRestore {
  readonly id: string;
  readonly batch: string;
  readonly group: EntryGroup;
}

export async function restoreFromTrash(
  ids: readonly string[],
  { onConflict, continueOnError }: RestoreOptions,
  folders: TrashFolders,
  context: CommandContext,
): Promise<RestoreOutcome> {
  const names = new Map<string, DestinationNames>();
  const plans: PlannedRestore[] = [];
  const errors: string[] = [];
  for (const id of new Set(ids)) {
    try {
      const item = await folders.find(id);
      if (isOwnPath(item.entry.path)) throw new Refusal('own-path', { path: item.entry.path });
      const { within } = await context.access.checkSpelled(path.dirname(item.entry.path));
      await makeFolder(path.dirname(item.entry.path), within);
      plans.push({ id, batch: item.batch.folder, group: await planRestore(item, names, onConflict) });
    } catch (error) {
      if (!(error instanceof Refusal) || !continueOnError) throw error;
      errors.push(error.message);
    }
  }
  const groups = plans.map(({ group }) => group);
  const tidy = [...new Set(plans.map(({ batch }) => batch))];
  const plan = { action: 'move', index: 'return', groups, tidy } as const;
  const outcome = await executePlan(plan, { ...context, continueOnError });
  const restored = new Set(outcome.done.map(([main]) => main.from));
  const files = plans
    .filter(({ group: [main] }) => restored.has(main.from))
    .map(({ id, group: [main] }) => ({ id, path: main.to }));
  return { files, errors: [...errors, ...outcome.errors] };
}

async function planRestore(
  { entry, content, batch, position }: StoredEntry,
  names: Map<string, DestinationNames>,
  onConflict: OnConflict,
): Promise<EntryGroup> {
  const folder = path.dirname(entry.path);
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
