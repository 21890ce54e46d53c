import { Refusal } from '../../ports/refusal.ts';
import { executePlan } from '../execute/execute-plan.ts';
import type { OnConflict } from '../plan/destination-names.ts';
import { clashingNames, nestedFiles, removeEmptied } from '../plan/flatten.ts';
import { planTransfers } from '../plan/plan-transfers.ts';
import type { CommandContext } from './command-context.ts';

export interface FlattenOutcome {
  readonly totalFiles: number;
  readonly conflicts: string[];
  readonly movedFiles: number;
  readonly errors: string[];
}

export async function flattenFolder(
  untrusted: string,
  { dryRun, onConflict }: { dryRun: boolean; onConflict: OnConflict },
  context: CommandContext,
): Promise<FlattenOutcome> {
  const own = context.checks();
  const folder = await own.destination(untrusted, { create: false });
  const { files, folders } = await nestedFiles(folder.path);
  const conflicts = await clashingNames(folder.path, files);
  const outcome = { totalFiles: files.length, conflicts, movedFiles: 0, errors: [] };
  if (dryRun) return outcome;
  if (conflicts.length > 0 && onConflict === 'error') throw new Refusal('names-clash', { names: conflicts });
  const options = { action: 'move', checks: own, onConflict, continueOnError: false } as const;
  const { groups } = await planTransfers(files, folder, options);
  const { done } = await executePlan(
    { action: 'move', index: 'follow', groups, tidy: [] },
    { ...context, continueOnError: false },
  );
  const emptied = await removeEmptied(folders, await context.bounds());
  await context.index.tell(
    'forget',
    emptied.map((from) => [{ from, to: from }]),
  );
  return { ...outcome, movedFiles: done.flat().length };
}
