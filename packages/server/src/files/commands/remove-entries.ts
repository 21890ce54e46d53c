import path from 'node:path';

import { Refusal } from '../../ports/refusal.ts';
import { namesIn } from '../disk/names-in.ts';
import { naming } from '../disk/file-failure.ts';
import { executePlan } from '../execute/execute-plan.ts';
import { collectEntries, groupOf } from '../plan/plan-transfers.ts';
import type { CommandContext } from './command-context.ts';

export async function removeEntries(sources: readonly string[], context: CommandContext): Promise<void> {
  const entries = await collectEntries(sources, context.checks());
  const leaving = new Set(
    entries.flatMap(({ entry, sidecars }) => [
      entry.path,
      ...sidecars.map((name) => path.join(path.dirname(entry.path), name)),
    ]),
  );
  for (const { entry } of entries) if (entry.stats.isDirectory()) await refuseFull(entry.path, leaving);
  const groups = entries.map(({ entry, sidecars }) =>
    groupOf(entry, sidecars, path.dirname(entry.path), [path.basename(entry.path), ...sidecars]),
  );
  await executePlan(
    { action: 'remove', index: 'forget', groups, tidy: [] },
    { ...context, continueOnError: false },
  );
}

/** Throws a `Refusal` 400 for a folder that holds more than what is deleted with it. */
async function refuseFull(folder: string, leaving: ReadonlySet<string>): Promise<void> {
  const names = await naming(folder, () => namesIn(folder));
  if (names.every((name) => leaving.has(path.join(folder, name)))) return;
  throw new Refusal('folder-not-empty', { path: folder });
}
