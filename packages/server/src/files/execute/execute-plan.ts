import { rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';

import type { Confinement } from '@iib-kit/files';

import { Refusal } from '../../ports/refusal.ts';
import { copyWhole } from '../disk/copy-tree.ts';
import { lookAt, syncToDisk } from '../disk/disk-state.ts';
import { fileFailure } from '../disk/file-failure.ts';
import { at, isAbsence, withPlaces } from '../disk/held-place.ts';
import type { IndexFollower } from './index-follower.ts';
import type { Journal, OpenRecord } from './journal.ts';
import type { JournalEntry } from './journal-record.ts';
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
  /** Where what is changed must really lie; undefined where that is anywhere. */
  readonly bounds: () => Promise<Confinement | undefined>;
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

interface Execution {
  readonly open: OpenRecord;
  readonly within: Confinement | undefined;
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
  const within = await options.bounds();
  for (const group of isReady ? open.record.groups : []) {
    const failure = await executeGroup(group, { open, within }, done);
    if (failure === undefined) continue;
    failures.push(failure);
    if (!options.continueOnError) break;
  }
  if (plan.action !== 'remove') await syncFolders(done);
  await options.index.tell(plan.index, done);
  publishStep('index-told', '');
  for (const folder of plan.tidy) await tidyBatch(folder, within);
  await open.clear();
  return { done, failures };
}

async function executeGroup(
  group: EntryGroup<JournalEntry>,
  execution: Execution,
  done: EntryGroup<JournalEntry>[],
): Promise<Failure | undefined> {
  for (const [position, entry] of group.entries()) {
    try {
      await executeEntry(entry, execution);
    } catch (error) {
      return { path: entry.from, cause: fileFailure(error, entry.from) };
    }
    if (position === 0) done.push(group);
  }
  return undefined;
}

async function executeEntry(entry: JournalEntry, { open, within }: Execution): Promise<void> {
  switch (open.record.action) {
    case 'move':
      return moveEntry(entry, open, within);
    case 'copy':
      return copyEntry(entry, within);
    case 'remove':
      return removeEntry(entry.from, within);
    default:
      open.record.action satisfies never;
  }
}

async function copyEntry({ from, to, part }: JournalEntry, within: Execution['within']): Promise<void> {
  await withPlaces([from, to, part], within, async (source, target, growing) => {
    await withPart(growing, async () => {
      await copyWhole(source, growing, within);
      publishStep('copied', part);
      await place(growing, target);
    });
  });
  publishStep('placed', to);
}

/** Removes a file, a link or an empty folder. */
async function removeEntry(target: string, within: Execution['within']): Promise<void> {
  await withPlaces([target], within, async (place) => {
    const stats = await lookAt(at(place));
    if (stats?.isDirectory()) await rmdir(at(place));
    else await unlink(at(place));
  });
  publishStep('removed', target);
}

async function syncFolders(groups: readonly EntryGroup[]): Promise<void> {
  const folders = new Set(groups.flat().map((entry) => path.dirname(entry.to)));
  await Promise.all([...folders].map((folder) => syncToDisk(folder).catch(ignoreAbsence)));
}

/** What was done is done, and the index is to be told, where somebody moves the folder away. */
function ignoreAbsence(error: unknown): void {
  if (!isAbsence(error)) throw error;
}

function wordsOf(error: unknown): string {
  return error instanceof Refusal ? error.message : 'it failed';
}
