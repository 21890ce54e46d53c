import path from 'node:path';

import { spelledPath } from '../../access/path-access.ts';
import { Refusal } from '../../ports/refusal.ts';
import { DestinationNames, type OnConflict } from './destination-names.ts';
import { lookAt } from '../disk/disk-state.ts';
import { refuseRelativeLink, type CheckedEntry, type EntryChecks } from './entry-checks.ts';
import { naming } from '../disk/file-failure.ts';
import type { EntryGroup } from '../execute/operation-plan.ts';
import { checkedEntries, groupOf } from './plan-transfers.ts';
import { renamedSidecar } from '../disk/sidecars.ts';

/** What a file was when it was looked at. */
export interface FileState {
  readonly bytes: number;
  /** Unix milliseconds, with fraction. */
  readonly modifiedMs: number;
}

/** A file and the path that it is to have; both absolute. */
export interface Relocation {
  readonly from: string;
  readonly to: string;
  /** Of when this was decided; a file that is not so any more is left. Default: any. */
  readonly expected?: FileState;
}

/** A file that stays where it is, and why, in words. */
export interface RelocationFailure {
  readonly from: string;
  readonly to: string;
  readonly error: string;
}

export interface RelocationOptions {
  readonly action: 'move' | 'copy';
  readonly onConflict: OnConflict;
  /** Awaited before folders are made, outer ones first. */
  readonly willMake?: (folders: readonly string[]) => Promise<void>;
}

export interface RelocationPlan {
  readonly groups: readonly EntryGroup[];
  readonly failures: readonly RelocationFailure[];
}

/** Plans to give files paths of their own, with their sidecars, and makes the folders that they go to. */
export async function planRelocations(
  relocations: readonly Relocation[],
  checks: EntryChecks,
  { action, onConflict, willMake }: RelocationOptions,
): Promise<RelocationPlan> {
  const asked = new Map(relocations.map((relocation) => [spelledPath(relocation.from), relocation]));
  const folders = new Map<string, Promise<DestinationNames>>();
  const groups: EntryGroup[] = [];
  const failures: RelocationFailure[] = [];
  const fail = (error: Refusal, source: string) => {
    const { from, to } = asked.get(spelledPath(source)) ?? { from: source, to: source };
    failures.push({ from, to, error: error.message });
  };

  async function openFolder(folder: string): Promise<DestinationNames> {
    const missing = await missingFolders(folder);
    if (missing.length > 0) await willMake?.(missing);
    await checks.destination(folder, { create: true });
    return new DestinationNames(folder, { foldCase: true });
  }

  for await (const { entry, sidecars } of checkedEntries([...asked.keys()], checks, fail)) {
    const relocation = asked.get(entry.path);
    if (relocation === undefined || relocation.to === entry.path) continue;
    try {
      refuseOther(entry, relocation.expected);
      if (action === 'move') await refuseRelativeLink(entry);
      const folder = path.dirname(relocation.to);
      const names = folders.get(folder) ?? openFolder(folder);
      folders.set(folder, names);
      const [old, name] = [path.basename(entry.path), path.basename(relocation.to)];
      const wanted = [name, ...sidecars.map((sidecar) => renamedSidecar(sidecar, old, name))] as const;
      const sources = [old, ...sidecars].map((each) => path.join(path.dirname(entry.path), each));
      const taken = await (await names).take(wanted, onConflict, action === 'move' ? sources : []);
      groups.push(groupOf(entry, sidecars, folder, taken));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fail(error, entry.path);
    }
  }
  return { groups, failures };
}

function refuseOther({ path: source, stats }: CheckedEntry, expected: FileState | undefined): void {
  if (stats.isDirectory()) throw new Refusal('is-a-folder', { path: source });
  if (expected === undefined) return;
  if (stats.size === expected.bytes && stats.mtimeMs === expected.modifiedMs) return;
  throw new Refusal('changed-since-planned', { path: source });
}

async function missingFolders(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (let outer = folder; outer !== path.dirname(outer); outer = path.dirname(outer)) {
    if ((await naming(outer, () => lookAt(outer))) !== undefined) break;
    missing.unshift(outer);
  }
  return missing;
}
