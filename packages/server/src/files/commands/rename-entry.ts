import path from 'node:path';

import { checkFileName } from '../disk/file-name.ts';
import { renamedSidecar } from '../disk/sidecars.ts';
import { executePlan } from '../execute/execute-plan.ts';
import { DestinationNames, type OnConflict } from '../plan/destination-names.ts';
import { collectEntries, groupOf } from '../plan/plan-transfers.ts';
import type { CommandContext } from './command-context.ts';

export async function renameEntry(
  source: string,
  name: string,
  onConflict: OnConflict,
  context: CommandContext,
): Promise<string> {
  checkFileName(name);
  const [renamed] = await collectEntries([source], context.checks());
  if (renamed === undefined) return source;
  const { entry, sidecars } = renamed;
  const folder = path.dirname(entry.path);
  const old = path.basename(entry.path);
  if (name === old) return entry.path;
  const names = [name, ...sidecars.map((sidecar) => renamedSidecar(sidecar, old, name))] as const;
  const sources = [old, ...sidecars].map((each) => path.join(folder, each));
  const taken = await new DestinationNames(folder).take(names, onConflict, sources);
  const group = groupOf(entry, sidecars, folder, taken);
  await executePlan(
    { action: 'move', index: 'follow', groups: [group], tidy: [] },
    { ...context, continueOnError: false },
  );
  return group[0].to;
}
