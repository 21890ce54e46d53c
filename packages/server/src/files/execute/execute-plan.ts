import { rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';

import { Refusal } from '../../ports/refusal.ts';
import { copyWhole } from '../disk/copy-tree.ts';
import { lookAt, syncToDisk } from '../disk/disk-state.ts';
import { fileFailure } from '../disk/file-failure.ts';
import type { IndexFollower } from './index-follower.ts';
import type { Journal, JournalEntry, OpenRecord } from './journal.ts';
import type { EntryGroup, OperationPlan } from './operation-plan.ts';
import { moveEntry, withPart } from './move-entry.ts';
import { publishStep } from '../disk/operation-steps.ts';
import { place } from '../disk/place-file.ts';
import { tidyBatch } from '../disk/trash-batch.ts';

/** Groups in one record: bounds what is done twice after a sudden end, and how often the disk is waited for. */
const GROUPS_AT_ONCE = 500;

export interface ExecuteOptions {
  readonly journal: Journal;
  readonly index: IndexFollower;
  readonly continueOnError: boolean;
  /** Called when the record is written, before anything is done. */
  readonly prepare?: () => Promise<void>;
}

export interface ExecuteOutcome {
  /** Groups whose main entry is where it should be. */
  readonly done: readonly EntryGroup[];
  /** What failed, in words. */
  readonly errors: readonly string[];
  /** The same with the paths that failed. */
  readonly failures: readonly { readonly path: string; readonly error: string }[];
}

interface Failure {
  readonly path: string;
  readonly cause: unknown;
}

/**
 * Does what a plan says, so that a sudden end at any moment can be recovered from. What was done before a failure
 * stays done, and the index agrees with it. Throws the first failure unless told to go on.
 */
export async function executePlan(plan: OperationPlan, options: ExecuteOptions): Promise<ExecuteOutcome> {
  const done: EntryGroup[] = [];
  const failures: { path: string; error: string }[] = [];
  for (let start = 0; start < plan.groups.length; start += GROUPS_AT_ONCE) {
    const groups = plan.groups.slice(start, start + GROUPS_AT_ONCE);
    const outcome = await options.index.holding(plan.index, groups, () =>
      executePart({ ...plan, groups }, options),
    );
    done.push(...outcome.done);
    failures.push(...outcome.failures.map(({ path, cause }) => ({ path, error: wordsOf(cause) })));
    const [failure] = outcome.failures;
    if (failure !== undefined && !options.continueOnError) throw failure.cause;
  }
  return { done, errors: failures.map(({ error }) => error), failures };
}

async function executePart(
  plan: OperationPlan,
  options: ExecuteOptions,
): Promise<{ done: EntryGroup[]; failures: Failure[] }> {
  const open = await options.journal.begin(plan);
  const done: EntryGroup<JournalEntry>[] = [];
  const failures: Failure[] = [];
  // Without it nothing was done, so that there is nothing to recover either.
  await options.prepare?.().catch((cause: unknown) => failures.push({ path: '', cause }));
  const isReady = failures.length === 0;
  for (const group of isReady ? open.record.groups : []) {
    const failure = await executeGroup(group, open, done);
    if (failure === undefined) continue;
    failures.push(failure);
    if (!options.continueOnError) break;
  }
  if (plan.action !== 'remove') await syncFolders(done);
  await options.index.tell(plan.index, done);
  publishStep('index-told', '');
  for (const folder of plan.tidy) await tidyBatch(folder);
  await open.clear();
  return { done, failures };
}

async function executeGroup(
  group: EntryGroup<JournalEntry>,
  open: OpenRecord,
  done: EntryGroup<JournalEntry>[],
): Promise<Failure | undefined> {
  for (const [position, entry] of group.entries()) {
    try {
      await executeEntry(entry, open);
    } catch (error) {
      return { path: entry.from, cause: fileFailure(error, entry.from) };
    }
    if (position === 0) done.push(group);
  }
  return undefined;
}

async function executeEntry(entry: JournalEntry, open: OpenRecord): Promise<void> {
  switch (open.record.action) {
    case 'move':
      return moveEntry(entry, open);
    case 'copy':
      return copyEntry(entry);
    case 'remove':
      return removeEntry(entry.from);
    default:
      open.record.action satisfies never;
  }
}

async function copyEntry({ from, to, part }: JournalEntry): Promise<void> {
  await withPart(part, async () => {
    await copyWhole(from, part);
    publishStep('copied', part);
    await place(part, to);
  });
  publishStep('placed', to);
}

/** Removes a file, a link or an empty folder. */
async function removeEntry(target: string): Promise<void> {
  const stats = await lookAt(target);
  if (stats?.isDirectory()) await rmdir(target);
  else await unlink(target);
  publishStep('removed', target);
}

async function syncFolders(groups: readonly EntryGroup[]): Promise<void> {
  const folders = new Set(groups.flat().map((entry) => path.dirname(entry.to)));
  await Promise.all([...folders].map((folder) => syncToDisk(folder)));
}

function wordsOf(error: unknown): string {
  return error instanceof Refusal ? error.message : 'it failed';
}
