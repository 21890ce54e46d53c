import { executePlan } from '../execute/execute-plan.ts';
import type { OnConflict } from '../plan/destination-names.ts';
import { planTransfers } from '../plan/plan-transfers.ts';
import { changeOf, type CommandContext, type FileChange } from './command-context.ts';

export interface TransferOptions {
  readonly createDest: boolean;
  readonly continueOnError: boolean;
  readonly onConflict: OnConflict;
}

export interface TransferOutcome {
  readonly files: FileChange[];
  /** What failed, in words; empty unless told to go on. */
  readonly errors: string[];
}

export async function transferEntries(
  action: 'copy' | 'move',
  sources: readonly string[],
  dest: string,
  { createDest, continueOnError, onConflict }: TransferOptions,
  context: CommandContext,
): Promise<TransferOutcome> {
  const own = context.checks();
  const folder = await own.destination(dest, { create: createDest });
  const plan = await planTransfers(sources, folder, { action, checks: own, onConflict, continueOnError });
  const how = action === 'move' ? 'follow' : 'read';
  const outcome = await executePlan(
    { action, index: how, groups: plan.groups, tidy: [] },
    { ...context, continueOnError },
  );
  return {
    files: outcome.done.map(changeOf),
    errors: [...plan.errors, ...outcome.errors],
  };
}
