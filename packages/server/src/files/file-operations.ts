import { readdir } from 'node:fs/promises';
import path from 'node:path';

import type { TrashItem } from '@iib-kit/contract';

import { isWithin, type PathAccess } from '../access/path-access.ts';
import { Refusal } from '../ports/refusal.ts';
import type { Library } from '../library/library.ts';
import type { Logger } from '../ports/logger.ts';
import { carryOut } from './execute/carry-out.ts';
import { DestinationNames, type OnConflict } from './plan/destination-names.ts';
import { createEntryChecks } from './plan/entry-checks.ts';
import { naming } from './disk/file-failure.ts';
import { checkFileName } from './disk/file-name.ts';
import { clashingNames, nestedFiles, removeEmptied } from './plan/flatten.ts';
import { createIndexFollower, type FollowedIndex } from './execute/index-follower.ts';
import { createJournal } from './execute/journal.ts';
import type { EntryGroup } from './execute/operation-plan.ts';
import {
  planRelocations,
  type Relocation,
  type RelocationFailure,
  type RelocationOptions,
} from './plan/plan-relocations.ts';
import { checkedEntries, groupOf, planTransfers } from './plan/plan-transfers.ts';
import { recoverOperations } from './execute/recover.ts';
import { renamedSidecar } from './disk/sidecars.ts';
import { createTrash } from './trash/trash.ts';
import { createWriteLock } from './execute/write-lock.ts';

export interface FileChange {
  readonly from: string;
  readonly to: string;
}

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

export interface RelocateOptions extends RelocationOptions {
  /** Awaited before the first file is touched, with the paths that they will have. */
  readonly willDo?: (files: readonly FileChange[]) => Promise<void>;
}

export interface RelocateOutcome {
  readonly files: readonly FileChange[];
  readonly failures: readonly RelocationFailure[];
}

export interface FlattenOutcome {
  readonly totalFiles: number;
  readonly conflicts: string[];
  readonly movedFiles: number;
  readonly errors: string[];
}

/**
 * Changes files and folders, with the index agreeing, one operation after the other. Paths may come from outside;
 * a refusal is a `Refusal`. What is killed in between is recovered at the next start.
 */
export interface FileOperations {
  makeFolder(folder: string): Promise<void>;
  copy(sources: readonly string[], dest: string, options: TransferOptions): Promise<TransferOutcome>;
  move(sources: readonly string[], dest: string, options: TransferOptions): Promise<TransferOutcome>;
  /** Gives each file a path of its own, making folders; goes on when one fails. A file that is there already stays. */
  relocate(files: readonly Relocation[], options: RelocateOptions): Promise<RelocateOutcome>;
  /** Removes those of the folders that are empty, the first first. */
  removeEmptied(folders: readonly string[]): Promise<void>;
  /** Gives the new path. */
  rename(source: string, name: string, onConflict: OnConflict): Promise<string>;
  /** Deletes for good; folders must be empty. */
  remove(sources: readonly string[]): Promise<void>;
  trash(sources: readonly string[]): Promise<TrashItem[]>;
  listTrash(): Promise<TrashItem[]>;
  restore(
    ids: readonly string[],
    options: { onConflict: OnConflict; continueOnError: boolean },
  ): Promise<{ files: { id: string; path: string }[]; errors: string[] }>;
  /** Deletes what is in the trash for good, everything unless ids are given; gives how many. */
  emptyTrash(ids: readonly string[] | undefined): Promise<number>;
  flatten(folder: string, options: { dryRun: boolean; onConflict: OnConflict }): Promise<FlattenOutcome>;
  /** Waits for what runs. */
  close(): Promise<void>;
}

export interface FileOperationsOptions {
  readonly access: PathAccess;
  readonly index: FollowedIndex;
  readonly library: Library;
  /** Folders beside those of the library that callers may touch. */
  readonly allowedPaths: readonly string[];
  /** Holds the journal, and the trash of what lies outside of all folders. */
  readonly stateFolder: string;
  readonly log: Logger;
}

/** Recovers what an earlier process left unfinished, then takes orders. */
export async function openFileOperations(options: FileOperationsOptions): Promise<FileOperations> {
  const { access, library, stateFolder, log } = options;
  const lock = createWriteLock();
  const journal = createJournal(path.join(stateFolder, 'journal'));
  const index = createIndexFollower(options);
  const roots = () => [...new Set([...library.folders(), ...options.allowedPaths])];
  const doing = { journal, index };
  const trash = createTrash({
    access,
    roots,
    centralFolder: path.join(stateFolder, 'trash'),
    carryOut: doing,
  });
  const checks = () => createEntryChecks(access, library.folders());
  const rootOf = (absolute: string) => roots().find((root) => isWithin(absolute, root));

  async function transfer(
    action: 'copy' | 'move',
    sources: readonly string[],
    dest: string,
    { createDest, continueOnError, onConflict }: TransferOptions,
  ): Promise<TransferOutcome> {
    const own = checks();
    const folder = await own.destination(dest, { create: createDest });
    const plan = await planTransfers(sources, folder, { action, checks: own, onConflict, continueOnError });
    const how = action === 'move' ? 'follow' : 'read';
    const outcome = await carryOut(
      { action, index: how, groups: plan.groups, tidy: [] },
      { ...doing, continueOnError },
    );
    return {
      files: outcome.done.map(changeOf),
      errors: [...plan.errors, ...outcome.errors],
    };
  }

  async function relocate(
    files: readonly Relocation[],
    { willDo, ...planning }: RelocateOptions,
  ): Promise<RelocateOutcome> {
    const { action } = planning;
    const { groups, failures } = await planRelocations(files, checks(), planning);
    const how = action === 'move' ? 'follow' : 'read';
    const refused: unknown[] = [];
    const prepare = async () => {
      await willDo?.(groups.map(changeOf)).catch((error: unknown) => {
        refused.push(error);
        throw error;
      });
    };
    const outcome = await carryOut(
      { action, index: how, groups, tidy: [] },
      { ...doing, continueOnError: true, prepare },
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

  async function removeEmpty(untrusted: readonly string[]): Promise<void> {
    const folders: string[] = [];
    for (const folder of untrusted) {
      const isAllowed = await access.check(folder).then(
        () => true,
        () => false,
      );
      if (isAllowed) folders.push(folder);
    }
    const emptied = await removeEmptied(folders);
    await index.tell(
      'forget',
      emptied.map((from) => [{ from, to: from }]),
    );
  }

  async function rename(source: string, name: string, onConflict: OnConflict): Promise<string> {
    checkFileName(name);
    const [renamed] = await collect(checkedEntries([source], checks(), rethrow));
    if (renamed === undefined) return source;
    const { entry, sidecars } = renamed;
    const folder = path.dirname(entry.path);
    const old = path.basename(entry.path);
    if (name === old) return entry.path;
    const names = [name, ...sidecars.map((sidecar) => renamedSidecar(sidecar, old, name))] as const;
    const taken = await new DestinationNames(folder).take(names, onConflict);
    const group = groupOf(entry, sidecars, folder, taken);
    await carryOut(
      { action: 'move', index: 'follow', groups: [group], tidy: [] },
      { ...doing, continueOnError: false },
    );
    return group[0].to;
  }

  async function remove(sources: readonly string[]): Promise<void> {
    const entries = await collect(checkedEntries(sources, checks(), rethrow));
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
    await carryOut(
      { action: 'remove', index: 'forget', groups, tidy: [] },
      { ...doing, continueOnError: false },
    );
  }

  async function flatten(
    untrusted: string,
    { dryRun, onConflict }: { dryRun: boolean; onConflict: OnConflict },
  ): Promise<FlattenOutcome> {
    const own = checks();
    const folder = await own.destination(untrusted, { create: false });
    const { files, folders } = await nestedFiles(folder.path);
    const conflicts = await clashingNames(folder.path, files);
    const outcome = { totalFiles: files.length, conflicts, movedFiles: 0, errors: [] };
    if (dryRun) return outcome;
    if (conflicts.length > 0 && onConflict === 'error')
      throw new Refusal('names-clash', { names: conflicts });
    const options = { action: 'move', checks: own, onConflict, continueOnError: false } as const;
    const { groups } = await planTransfers(files, folder, options);
    const { done } = await carryOut(
      { action: 'move', index: 'follow', groups, tidy: [] },
      { ...doing, continueOnError: false },
    );
    const emptied = await removeEmptied(folders);
    await index.tell(
      'forget',
      emptied.map((from) => [{ from, to: from }]),
    );
    return { ...outcome, movedFiles: done.flat().length };
  }

  await recoverOperations({ journal, index, rootOf, log });
  await trash.tidy().catch((error: unknown) => log.warn({ err: error }, 'the trash could not be tidied'));

  return {
    makeFolder: (folder) =>
      lock.run(async () => {
        await checks().destination(folder, { create: true });
      }),
    copy: (sources, dest, given) => lock.run(() => transfer('copy', sources, dest, given)),
    move: (sources, dest, given) => lock.run(() => transfer('move', sources, dest, given)),
    relocate: (files, given) => lock.run(() => relocate(files, given)),
    removeEmptied: (folders) => lock.run(() => removeEmpty(folders)),
    rename: (source, name, onConflict) => lock.run(() => rename(source, name, onConflict)),
    remove: (sources) => lock.run(() => remove(sources)),
    trash: (sources) => lock.run(() => trash.put(sources, checks())),
    listTrash: () => trash.list(),
    restore: (ids, given) => lock.run(() => trash.restore(ids, given)),
    emptyTrash: (ids) => lock.run(() => trash.empty(ids)),
    flatten: (folder, given) => lock.run(() => flatten(folder, given)),
    async close() {
      await lock.idle();
      await index.close();
    },
  };
}

function changeOf([{ from, to }]: EntryGroup): FileChange {
  return { from, to };
}

function rethrow(error: Refusal): never {
  throw error;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Throws a `Refusal` 400 for a folder that holds more than what is deleted with it. */
async function refuseFull(folder: string, leaving: ReadonlySet<string>): Promise<void> {
  const names = await naming(folder, () => readdir(folder));
  if (names.every((name) => leaving.has(path.join(folder, name)))) return;
  throw new Refusal('folder-not-empty', { path: folder });
}
