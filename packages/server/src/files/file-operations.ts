import { realpath } from 'node:fs/promises';
import path from 'node:path';

import { isWithin, type PathAccess } from '../access/path-access.ts';
import type { Library } from '../library/library.ts';
import type { Logger } from '../ports/logger.ts';
import type { CommandContext } from './commands/command-context.ts';
import { flattenFolder, type FlattenOutcome } from './commands/flatten-folder.ts';
import { relocateFiles, type RelocateOptions, type RelocateOutcome } from './commands/relocate-files.ts';
import { removeEmptiedFolders } from './commands/remove-emptied-folders.ts';
import { removeEntries } from './commands/remove-entries.ts';
import { renameEntry } from './commands/rename-entry.ts';
import { transferEntries, type TransferOptions, type TransferOutcome } from './commands/transfer-entries.ts';
import { createIndexFollower, type FollowedIndex } from './execute/index-follower.ts';
import { createJournal } from './execute/journal.ts';
import { recoverOperations } from './execute/recover.ts';
import { createWriteLock } from './execute/write-lock.ts';
import type { OnConflict } from './plan/destination-names.ts';
import { createEntryChecks } from './plan/entry-checks.ts';
import type { Relocation } from './plan/plan-relocations.ts';
import type { RestoreOptions, RestoreOutcome } from './trash/restore-from-trash.ts';
import type { TrashItem } from './trash/trash-item.ts';
import { TrashFolders } from './trash/trash-folders.ts';
import type { TrashLimits } from './trash/trim-trash.ts';
import { createTrash, type TrashList } from './trash/trash.ts';

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
  listTrash(): Promise<TrashList>;
  restore(ids: readonly string[], options: RestoreOptions): Promise<RestoreOutcome>;
  /** Deletes what is in the trash for good, everything unless ids are given; gives how many. */
  emptyTrash(ids: readonly string[] | undefined): Promise<number>;
  /**
   * Deletes for good what has been over a limit for a day, and writes into the log what will go the next time; gives how
   * many went.
   */
  trimTrash(): Promise<number>;
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
  /** What the trash may hold. Default: everything. */
  readonly trashLimits?: TrashLimits;
  readonly log: Logger;
}

/** Recovers what an earlier process left unfinished, then takes orders. */
export async function openFileOperations(options: FileOperationsOptions): Promise<FileOperations> {
  const { access, library, stateFolder, log } = options;
  const lock = createWriteLock();
  const journal = createJournal(path.join(stateFolder, 'journal'));
  const index = createIndexFollower(options);
  const roots = () => [...new Set([...library.folders(), ...options.allowedPaths])];
  const checks = () => createEntryChecks(access, library.folders());
  const central = path.join(stateFolder, 'trash');
  const bounds = async () => (await access.confinement())?.and(await realFolder(central));
  const context: CommandContext = { access, bounds, journal, index, checks };
  const trash = createTrash(new TrashFolders({ roots, central, access, bounds, log }), {
    ...context,
    limits: options.trashLimits ?? {},
    noticesFile: path.join(stateFolder, 'trash-notices.json'),
    log,
  });
  const rootOf = (absolute: string) => roots().find((root) => isWithin(absolute, root));

  await recoverOperations({ journal, index, rootOf, within: await bounds(), log });
  await trash.tidy().catch((error: unknown) => log.warn({ err: error }, 'the trash could not be tidied'));

  return {
    makeFolder: (folder) =>
      lock.run(async () => {
        await checks().destination(folder, { create: true });
      }),
    copy: (sources, dest, given) => lock.run(() => transferEntries('copy', sources, dest, given, context)),
    move: (sources, dest, given) => lock.run(() => transferEntries('move', sources, dest, given, context)),
    relocate: (files, given) => lock.run(() => relocateFiles(files, given, context)),
    removeEmptied: (folders) => lock.run(() => removeEmptiedFolders(folders, context)),
    rename: (source, name, onConflict) => lock.run(() => renameEntry(source, name, onConflict, context)),
    remove: (sources) => lock.run(() => removeEntries(sources, context)),
    trash: (sources) => lock.run(() => trash.put(sources)),
    listTrash: () => trash.list(),
    restore: (ids, given) => lock.run(() => trash.restore(ids, given)),
    emptyTrash: (ids) => lock.run(() => trash.empty(ids)),
    trimTrash: () => lock.run(() => trash.trim()),
    flatten: (folder, given) => lock.run(() => flattenFolder(folder, given, context)),
    async close() {
      await lock.idle();
      await index.close();
    },
  };
}

/** With the links of what is there resolved: the folder itself may be made later. */
async function realFolder(folder: string): Promise<string> {
  const parent = path.dirname(folder);
  if (parent === folder) return folder;
  return realpath(folder).catch(async () => path.join(await realFolder(parent), path.basename(folder)));
}
