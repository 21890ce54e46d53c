import { FolderFiles } from '@iib-kit/files';
import type { IndexFailure, IndexProgress, IndexSummary } from '../roles/updates.ts';
import { childPath } from '../text/nested-path.ts';
import { BatchBuilder } from './batch-builder.ts';
import type { DescribeFile } from './describe-file.ts';
import type { KnownFiles } from './known-files.ts';
import { followExchanged } from './exchanged-files.ts';
import type { LinkScope } from './link-targets.ts';
import { libraryConfinement } from './library-confinement.ts';
import { MovedFiles } from './moved-files.ts';
import type { PackedBatch } from './packed-batch.ts';
import { ProgressMeter } from './progress-meter.ts';
import { type Read, readFile } from './read-file.ts';
import type { ScanPlan } from './scan-plan.ts';
import type { FolderState, MissingRow, RelocatedRow, ScannedFailure } from './scanned-file.ts';
import { walkPlan } from './walk-plan.ts';

/** Where a scan puts what it found; each call resolves once it is written. */
export interface ScanSink {
  writeBatch(batch: PackedBatch): Promise<void>;
  /**
   * Puts rows under the paths at which their content is now, all at once since they may exchange them. An image that is
   * left without a path is taken away; says how many were.
   */
  relocate(rows: readonly RelocatedRow[]): Promise<number>;
  /** Says how many images it took away. */
  removeMissing(missing: { images: readonly MissingRow[]; failures: readonly string[] }): Promise<number>;
  /** Tidies the full-text index a little; says whether there is more to do. */
  mergeSearch(): Promise<boolean>;
  saveFolders(folders: { indexed: readonly FolderState[]; gone: readonly MissingRow[] }): Promise<void>;
}

export interface ScanOptions extends LinkScope {
  /** Folders in the roots that are known to have changed; all, unless given. */
  readonly only?: readonly string[] | undefined;
  /** Read what did not change too. */
  readonly reread?: boolean | undefined;
  readonly known: KnownFiles;
  /** Called once there is anything to read: loading the reader takes as long as walking thousands of files. */
  readonly loadDescribe: () => Promise<DescribeFile>;
  readonly sink: ScanSink;
  readonly onProgress: (progress: IndexProgress) => void;
  /** Throws when the run is to stop; what was written stays. */
  readonly throwIfStopped: () => void;
}

// Enough to make a transaction worth its cost; less at both ends, so that the writer need not wait for the first
// batch nor the run for the last.
const filesPerBatch = { least: 100, most: 1000 };
// Fewer leave little to merge, and FTS5 does that as it goes.
const filesWorthMerging = 5000;
// One being written, the others waiting: the writer is kept busy through stretches of files that take longer to
// read, and the reading goes on while full-text segments are merged.
const batchesInFlight = 4;

/** How many files the batch takes that begins after `before` files. */
function batchSize(before: number, done: number, total: number): number {
  return Math.max(filesPerBatch.least, Math.min(filesPerBatch.most, before, (total - done) / 2));
}

type Outcome = Pick<IndexSummary, 'added' | 'changed' | 'moved'> & { readonly failures: ScannedFailure[] };

/** Updates the index from the file system: walk, read what is new, write, forget what is gone. */
export async function scanRun(options: ScanOptions): Promise<IndexSummary> {
  const start = performance.now();
  const meter = new ProgressMeter(options.onProgress);
  meter.begin('walking', 0);
  const plan = walkPlan(options.roots, options.known, {
    excludes: options.excludes,
    otherRoots: options.otherRoots,
    linkTargets: options.linkTargets,
    only: options.only,
    reread: options.reread,
    onFolder: (path, seen) => {
      options.throwIfStopped();
      meter.advance(seen, 0, path);
    },
  });
  const moved = new MovedFiles(plan.missing);
  const opener = new FolderFiles(libraryConfinement(options));
  let outcome: Outcome;
  let replaced = 0;
  try {
    const relocated = await followExchanged(plan, moved, opener, options.throwIfStopped);
    if (relocated.length > 0) replaced = await options.sink.relocate(relocated);
    const found = { moved, relocated: new Set(relocated.map(({ id }) => id)) };
    outcome = await readAll(plan, { ...found, opener }, options, meter);
  } finally {
    opener.close();
  }
  meter.begin('finishing', 0);
  if (plan.files.length >= filesWorthMerging) {
    while (await options.sink.mergeSearch()) options.throwIfStopped();
  }
  const removed = await finish(plan, moved, outcome.failures, options);
  return {
    added: outcome.added,
    changed: outcome.changed,
    moved: outcome.moved,
    removed: removed + replaced,
    unchanged: plan.unchanged,
    unavailable: plan.unavailable,
    linkedFolders: plan.linkedFolders,
    skippedLinks: plan.skippedLinks,
    failed: outcome.failures.map(toIndexFailure),
    durationMs: performance.now() - start,
  };
}

const toIndexFailure = ({ path, reason, message }: ScannedFailure): IndexFailure => ({
  path,
  reason,
  message,
});

/** Rows that are found again. */
interface FoundRows {
  readonly moved: MovedFiles;
  /** Ids of those that were put under their new path already. */
  readonly relocated: ReadonlySet<number>;
}

async function readAll(
  plan: ScanPlan,
  { opener, ...found }: FoundRows & { readonly opener: FolderFiles },
  options: ScanOptions,
  meter: ProgressMeter,
): Promise<Outcome> {
  const { sink, throwIfStopped } = options;
  const describe = plan.files.length > 0 ? await options.loadDescribe() : undefined;
  const outcome = { added: 0, changed: 0, moved: 0, failures: [] as ScannedFailure[] };
  const builder = new BatchBuilder();
  const inFlight: Promise<void>[] = [];
  const total = plan.files.length;
  let done = 0;
  meter.begin('reading', total);
  for (const file of plan.files.inOrderOfTime()) {
    throwIfStopped();
    if (describe !== undefined) {
      const read = readFile(file, describe, opener);
      // Waiting for what is there already would cost as much as reading a small file.
      addRead(read instanceof Promise ? await read : read, builder, found, outcome);
    }
    done += 1;
    if (builder.size >= batchSize(done - builder.size, done, total) || done === total) {
      if (inFlight.length >= batchesInFlight) await inFlight.shift();
      const written = sink.writeBatch(builder.take());
      // Awaited below; until then a failure must not count as unhandled.
      written.catch(() => {});
      inFlight.push(written);
    }
    meter.advance(done, total, childPath(file.folder, file.name));
  }
  await Promise.all(inFlight);
  return outcome;
}

function addRead(
  result: Read,
  builder: BatchBuilder,
  { moved, relocated }: FoundRows,
  outcome: { added: number; changed: number; moved: number; failures: ScannedFailure[] },
): void {
  if (result === undefined) return;
  if ('failure' in result) {
    outcome.failures.push(result.failure);
    builder.addFailure(result.failure);
    return;
  }
  const { planned, path, fingerprint } = result.file;
  const previous = planned.id === undefined ? moved.take(path, planned.bytes, fingerprint) : undefined;
  if (previous !== undefined || (planned.id !== undefined && relocated.has(planned.id))) outcome.moved += 1;
  else if (planned.id === undefined) outcome.added += 1;
  else outcome.changed += 1;
  builder.addFile(result.file, planned.id ?? previous);
}

async function finish(
  plan: ScanPlan,
  moved: MovedFiles,
  failures: readonly ScannedFailure[],
  { sink }: ScanOptions,
): Promise<number> {
  const images = [...moved.remaining()].map(({ id, path }) => ({ id, path }));
  const removed =
    images.length > 0 || plan.goneFailures.length > 0
      ? await sink.removeMissing({ images, failures: plan.goneFailures })
      : 0;
  // A folder with unreadable files is looked at again next time: permissions change without a trace.
  const unsettled = new Set(
    failures.filter(({ reason }) => reason === 'unreadable').map(({ folder }) => folder),
  );
  const indexed = plan.folders.filter(({ path }) => !unsettled.has(path));
  if (indexed.length > 0 || plan.goneFolders.length > 0) {
    await sink.saveFolders({ indexed, gone: plan.goneFolders });
  }
  return removed;
}
