import { stat } from 'node:fs/promises';
import path from 'node:path';

import { systemPath } from '@iib-kit/catalog';

import { isWithin, spelledPath, type AllowedPath } from '../../access/path-access.ts';
import { Refusal } from '../../ports/refusal.ts';
import { DestinationNames, type OnConflict } from './destination-names.ts';
import { refuseRelativeLink, type CheckedEntry, type EntryChecks } from './entry-checks.ts';
import { naming } from '../disk/file-failure.ts';
import type { EntryGroup } from '../execute/operation-plan.ts';
import { readSidecars, type Sidecars } from '../disk/sidecars.ts';

export interface TransferPlan {
  readonly groups: readonly EntryGroup[];
  /** What cannot be done, in words. */
  readonly errors: readonly string[];
}

/** Entries with the sidecars that go along, each entry and sidecar once. */
export interface EntryWithSidecars {
  readonly entry: CheckedEntry;
  /** Names in the folder of the entry. */
  readonly sidecars: readonly string[];
}

/** Goes through the entries of a request; those in a folder of the request come before it. */
export async function* checkedEntries(
  sources: readonly string[],
  checks: EntryChecks,
  onError: (error: Refusal, source: string) => void,
): AsyncGenerator<EntryWithSidecars> {
  const asked = new Set(sources.map(spelledPath));
  const byDepth = [...asked].sort((a, b) => b.split(path.sep).length - a.split(path.sep).length);
  const folders = new Map<string, Promise<Sidecars>>();
  const planned = new Set<string>();
  for (const source of isNested(asked) ? byDepth : asked) {
    try {
      if (planned.has(source)) continue;
      const entry = await checks.entry(source);
      const folder = path.dirname(entry.path);
      const known = folders.get(folder) ?? naming(folder, () => readSidecars(folder));
      folders.set(folder, known);
      const isPlanned = (name: string) => planned.has(path.join(folder, name));
      const named = entry.stats.isFile() ? (await known).of(path.basename(entry.path), isPlanned) : [];
      const sidecars: string[] = [];
      for (const name of named.filter((other) => !isPlanned(other)))
        if (await checks.isSidecar(path.join(folder, name))) sidecars.push(name);
      planned.add(entry.path);
      for (const name of sidecars) planned.add(path.join(folder, name));
      yield { entry, sidecars };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      onError(error, source);
    }
  }
}

/** All of them; throws the first refusal. */
export async function collectEntries(
  sources: readonly string[],
  checks: EntryChecks,
): Promise<readonly EntryWithSidecars[]> {
  const entries: EntryWithSidecars[] = [];
  const rethrow = (error: Refusal) => {
    throw error;
  };
  for await (const entry of checkedEntries(sources, checks, rethrow)) entries.push(entry);
  return entries;
}

/** Plans to move or copy entries into a folder. Throws the first problem unless told to go on. */
export async function planTransfers(
  sources: readonly string[],
  dest: AllowedPath,
  options: {
    action: 'move' | 'copy';
    checks: EntryChecks;
    onConflict: OnConflict;
    continueOnError: boolean;
  },
): Promise<TransferPlan> {
  const { action, checks, onConflict } = options;
  const names = new DestinationNames(dest.path);
  const groups: EntryGroup[] = [];
  const errors: string[] = [];
  const onError = (error: Refusal) => {
    if (!options.continueOnError) throw error;
    errors.push(error.message);
  };
  for await (const { entry, sidecars } of checkedEntries(sources, checks, onError)) {
    try {
      if (action === 'copy') await refuseFolder(entry);
      else await refuseMove(entry, dest);
      const isThereAlready = action === 'move' && path.dirname(entry.path) === dest.path;
      if (isThereAlready && onConflict === 'rename') continue;
      const taken = await names.take([path.basename(entry.path), ...sidecars], onConflict);
      groups.push(groupOf(entry, sidecars, dest.path, taken));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      onError(error);
    }
  }
  return { groups, errors };
}

/** The entry and its sidecars on their way to names in a folder. */
export function groupOf(
  { path: from, alias }: CheckedEntry,
  sidecars: readonly string[],
  folder: string,
  [name, ...sidecarNames]: readonly [string, ...string[]],
): EntryGroup {
  const main = { from, to: path.join(folder, name), ...(alias === undefined ? {} : { alias }) };
  const followers = sidecars.map((sidecar, position) => ({
    from: path.join(path.dirname(from), sidecar),
    to: path.join(folder, sidecarNames[position] ?? sidecar),
  }));
  return [main, ...followers];
}

async function refuseFolder({ path: source, stats }: CheckedEntry): Promise<void> {
  const target = stats.isSymbolicLink() ? await naming(source, () => stat(systemPath(source))) : stats;
  if (target.isFile()) return;
  throw new Refusal('only-files-copied', { path: source });
}

async function refuseMove(entry: CheckedEntry, dest: AllowedPath): Promise<void> {
  const { path: source, alias, stats } = entry;
  if (stats.isDirectory() && isWithin(dest.realPath, alias ?? source)) {
    throw new Refusal('into-itself', { path: source });
  }
  if (path.dirname(source) !== dest.path) await refuseRelativeLink(entry);
}

function isNested(paths: ReadonlySet<string>): boolean {
  for (const absolute of paths) {
    for (
      let parent = path.dirname(absolute);
      parent !== path.dirname(parent);
      parent = path.dirname(parent)
    ) {
      if (paths.has(parent)) return true;
    }
  }
  return false;
}
