import { access, unlink } from 'node:fs/promises';
import path from 'node:path';

import { type Confinement, removeTree } from '@iib-kit/files';

import { errorCode } from '../../ports/error-code.ts';
import type { Logger } from '../../ports/logger.ts';
import { isSame, lookAt, type FileIdentity } from '../disk/disk-state.ts';
import { at, isAbsence, withPlaceIfThere, withPlaces } from '../disk/held-place.ts';
import type { IndexFollower } from './index-follower.ts';
import type { AbandonedRecord, Journal } from './journal.ts';
import type { JournalEntry } from './journal-record.ts';
import type { EntryGroup } from './operation-plan.ts';
import { moveEntry } from './move-entry.ts';
import { oneEntry } from '../disk/one-entry.ts';
import { placeUnlisted, removeOrTakeBack } from '../disk/place-file.ts';
import { removeCopied } from '../disk/remove-copied.ts';
import { tidyBatch } from '../disk/trash-batch.ts';

/** A record that waits longer than this for its drive is given up. */
const KEPT_FOR_MS = 30 * 24 * 60 * 60 * 1000;

export interface RecoveryOptions {
  readonly journal: Journal;
  readonly index: IndexFollower;
  /** The folder of the library that a path lies in. */
  readonly rootOf: (path: string) => string | undefined;
  /** Where what is changed must really lie, unless its folder is no longer one of the library. */
  readonly within: Confinement | undefined;
  readonly log: Logger;
}

/**
 * Ends what a process was doing to files when it ended: what was begun for an image is finished or taken back,
 * whichever keeps the file, and the index told.
 */
export async function recoverOperations(options: RecoveryOptions): Promise<void> {
  const { records, damaged } = await options.journal.abandoned();
  for (const file of damaged) {
    options.log.warn(
      { file },
      'a record of an interrupted file operation is damaged and put aside; look whether its files are complete',
    );
  }
  for (const abandoned of records) {
    try {
      if (await isReachable(abandoned, options.rootOf)) await recoverRecord(abandoned, options);
      else if (Date.now() - abandoned.time < KEPT_FOR_MS) continue;
      await abandoned.clear();
    } catch (error) {
      options.log.error(
        { err: error },
        'an interrupted file operation could not be recovered; it is tried again at the next start',
      );
    }
  }
}

/** Where a drive is absent, everything on it would look as if it were gone. */
async function isReachable({ record }: AbandonedRecord, rootOf: RecoveryOptions['rootOf']): Promise<boolean> {
  const roots = new Set(record.groups.flat().flatMap(({ from, to }) => [rootOf(from), rootOf(to)]));
  for (const root of roots) {
    if (root === undefined) continue;
    const isThere = await access(root).then(
      () => true,
      () => false,
    );
    if (!isThere) return false;
  }
  return true;
}

async function recoverRecord(
  abandoned: AbandonedRecord,
  { index, rootOf, within }: RecoveryOptions,
): Promise<void> {
  const { record } = abandoned;
  const isInLibrary = record.groups.flat().every(({ from, to }) => rootOf(from) && rootOf(to));
  const recovery: Recovery = { abandoned, within: isInLibrary ? within : undefined };
  const done: EntryGroup[] = [];
  for (const group of record.groups) {
    if (await recoverGroup(group, recovery)) done.push(group);
  }
  await index.tell(record.index, done);
  for (const folder of record.tidy) await tidyBatch(folder, recovery.within);
}

interface Recovery {
  readonly abandoned: AbandonedRecord;
  readonly within: Confinement | undefined;
}

/** True where the main entry is where it should be; its sidecars then follow it. */
async function recoverGroup(
  [main, ...sidecars]: EntryGroup<JournalEntry>,
  { abandoned, within }: Recovery,
): Promise<boolean> {
  const { placing } = abandoned;
  const { action } = abandoned.record;
  switch (action) {
    case 'copy':
      for (const { part } of [main, ...sidecars]) await removePart(part, within);
      return (await lookAt(main.to)) !== undefined;
    case 'remove':
      if ((await lookAt(main.from)) !== undefined) return false;
      for (const { from } of sidecars)
        await withPlaceIfThere(from, within, (place) => unlink(at(place)).catch(() => undefined));
      return true;
    case 'move': {
      const isDone = await recoverMove(main, placing.get(main.part), within);
      for (const sidecar of sidecars) {
        const hasMoved = await recoverMove(sidecar, placing.get(sidecar.part), within);
        // Where its name was taken meanwhile it stays where it is, whole.
        if (isDone && !hasMoved) await moveEntry(sidecar, abandoned, within).catch(ignoreMissingOrTaken);
      }
      return isDone;
    }
    default:
      return action satisfies never;
  }
}

function ignoreMissingOrTaken(error: unknown): void {
  if (!isAbsence(error) && errorCode(error) !== 'EEXIST') throw error;
}

async function recoverMove(
  { from, to, part }: JournalEntry,
  copy: FileIdentity | undefined,
  within: Confinement | undefined,
): Promise<boolean> {
  const one = await oneEntry(from, to);
  if (one !== undefined) return one.spelling === path.basename(to);
  const [source, target] = await Promise.all([lookAt(from), lookAt(to)]);
  if (source === undefined && target === undefined && isSame(await lookAt(part), copy)) {
    // A complete copy, or what was on its way to another spelling of its name.
    await withPlaces([part, to], within, placeUnlisted);
    return true;
  }
  // With neither there, the copy that was growing may be all that is left.
  if (source !== undefined || target !== undefined) await removePart(part, within);
  if (target === undefined) return false;
  if (source === undefined) return true;
  if (isSame(target, copy)) {
    await withPlaces([from, to], within, removeCopied);
    return true;
  }
  if (!source.isDirectory() && isSame(source, target)) {
    await withPlaces([from, to], within, removeOrTakeBack);
    return true;
  }
  return false;
}

async function removePart(part: string, within: Confinement | undefined): Promise<void> {
  await withPlaceIfThere(part, within, ({ folder, name }) => removeTree(folder, name));
}
