import { executePlan } from '../execute/execute-plan.ts';
import {
  planRelocations,
  type Relocation,
  type RelocationFailure,
  type RelocationOptions,
} from '../plan/plan-relocations.ts';
import { changeOf, type CommandContext, type FileChange } from './command-context.ts';

export interface RelocateOptions extends RelocationOptions {
  /** Awaited before the first file is touched, with the paths that they will have. */
  readonly willDo?: (files: readonly FileChange[]) => Promise<void>;
}

export interface RelocateOutcome {
  readonly files: readonly FileChange[];
  readonly failures: readonly RelocationFailure[];
}

export async function relocateFiles(
  files: readonly Relocation[],
  { willDo, ...planning }: RelocateOptions,
  context: CommandContext,
): Promise<RelocateOutcome> {
  const { action } = planning;
  const { groups, failures } = await planRelocations(files, context.checks(), planning);
  const how = action === 'move' ? 'follow' : 'read';
  const refused: unknown[] = [];
  const prepare = async () => {
    await willDo?.(groups.map(changeOf)).catch((error: unknown) => {
      refused.push(error);
      throw error;
    });
  };
  const outcome = await executePlan(
    { action, index: how, groups, tidy: [] },
    { ...context, continueOnError: true, prepare },
  );
  if (refused.length > 0) throw refused[0];
  const destinations = new Map(groups.flat().map(({ from, to }) => [from, to]));
  const failed = outcome.failures.map(({ path: from, error }) => ({
    from,
    to: destinations.get(from) ?? from,
    error,
  }));
  return { files: outcome.done.map(changeOf), failures: [...failures, ...failed] };
}
