import { access, rm, unlink } from 'node:fs/promises';

import { errorCode } from '../../ports/error-code.ts';
import type { Logger } from '../../ports/logger.ts';
import { isSame, lookAt, type FileIdentity } from '../disk/disk-state.ts';
import type { IndexFollower } from './index-follower.ts';
import type { AbandonedRecord, Journal, JournalEntry } from './journal.ts';
import type { EntryGroup } from './operation-plan.ts';
import { moveEntry } from './move-entry.ts';
import { removeOrTakeBack } from '../disk/place-file.ts';
import { removeCopied } from '../disk/remove-copied.ts';
import { tidyBatch } from '../disk/trash-batch.ts';

/** A record that waits longer than this for its drive is given up. */
const KEPT_FOR_MS = 30 * 24 * 60 * 60 * 1000;

export interface RecoveryOptions {
  readonly journal: Journal;
  readonly index: IndexFollower;
  /** The folder of the library that a path lies in. */
  readonly rootOf: (path: string) => string | undefined;
  readonly log: Logger;
}

/**
 * Ends what a process was doing to files when it ended: what was begun for an image is finished or taken back,
 * whichever keeps the file, and the index told.
 */
export async function recoverOperations(options: RecoveryOptions): Promise<void> {
  for (const abandoned of await options.journal.abandoned()) {
    try {
      if (await isReachable(abandoned, options.rootOf)) await recoverRecord(abandoned, options.index);
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

async function recoverRecord(abandoned: AbandonedRecord, index: IndexFollower): Promise<void> {
  const { record } = abandoned;
  const done: EntryGroup[] = [];
  for (const group of record.groups) {
    if (await recoverGroup(group, abandoned)) done.push(group);
  }
  await index.tell(record.index, done);
  for (const folder of record.tidy) await tidyBatch(folder);
}

/** True where the main entry is where it should be; its sidecars then follow it. */
async function recoverGroup(
  [main, ...sidecars]: EntryGroup<JournalEntry>,
  abandoned: AbandonedRecord,
): Promise<boolean> {
  const { placing } = abandoned;
  const { action } = abandoned.record;
  switch (action) {
    case 'copy':
      for (const { part } of [main, ...sidecars]) await removePart(part);
      return (await lookAt(main.to)) !== undefined;
    case 'remove':
      if ((await lookAt(main.from)) !== undefined) return false;
      for (const { from } of sidecars) await unlink(from).catch(() => undefined);
      return true;
    case 'move': {
      const isDone = await recoverMove(main, placing.get(main.part));
      for (const sidecar of sidecars) {
        const hasMoved = await recoverMove(sidecar, placing.get(sidecar.part));
        // Where its name was taken meanwhile it stays where it is, whole.
        if (isDone && !hasMoved) await moveEntry(sidecar, abandoned).catch(ignoreMissingOrTaken);
      }
      return isDone;
    }
    default:
      return action satisfies never;
  }
}

function ignoreMissingOrTaken(error: unknown): void {
  if (!['ENOENT', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
}

async function recoverMove(
  { from, to, part }: JournalEntry,
  copy: FileIdentity | undefined,
): Promise<boolean> {
  const [source, target] = await Promise.all([lookAt(from), lookAt(to)]);
  // With neither there, the copy that was growing may be all that is left.
  if (source !== undefined || target !== undefined) await removePart(part);
  if (target === undefined) return false;
  if (source === undefined) return true;
  if (isSame(target, copy)) {
    await removeCopied(from, to);
    return true;
  }
  if (!source.isDirectory() && isSame(source, target)) {
    await removeOrTakeBack(from, to);
    return true;
  }
  return false;
}

async function removePart(part: string): Promise<void> {
  await rm(part, { recursive: true, force: true });
}
