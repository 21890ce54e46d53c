import type { Updates, IndexProgress, IndexSummary, Upkeep } from '@iib-kit/catalog';
import type { Logger } from '../ports/logger.ts';
import type { Jobs, StartedJob } from '../jobs/open-jobs.ts';
import type { LibraryFolders } from './library-folders.ts';
import { type LinkTargets, skippedLinksLog } from './library-links.ts';
import { updateFolders } from './update-folders.ts';

/** Most files that the result of an index job names as unreadable, and most links; it counts the others. */
export const MAX_FAILURES_IN_RESULT = 100;

/** Runs that bring the index up to date; each is a job. */
export interface LibraryUpdates {
  /**
   * Reads what is new or changed in all folders, also in those that are added until it ends. A call while another runs
   * shares its run.
   */
  update(options?: {
    /** Gives up waiting; the run stops when nobody else asked for it. */
    signal?: AbortSignal;
    onProgress?: (progress: IndexProgress) => void;
    /** Reads every file again, also what did not change, and leaves the index as a new one is stored. */
    reread?: boolean;
  }): Promise<IndexSummary>;
  /** The run itself, which goes on when nobody waits. */
  updateJob(options?: { reread?: boolean }): StartedJob<IndexSummary>;
}

export interface LibraryUpdatesParts {
  readonly index: Pick<Updates, 'update'> & Pick<Upkeep, 'optimize'>;
  readonly jobs: Jobs;
  readonly linkTargets: LinkTargets;
  readonly log: Logger;
}

export function libraryUpdates(
  library: Pick<LibraryFolders, 'folders' | 'onChange' | 'lookAgain'>,
  { index, jobs, linkTargets, log }: LibraryUpdatesParts,
): LibraryUpdates {
  const listeners = new Set<(progress: IndexProgress) => void>();
  const logSkipped = skippedLinksLog(log);
  const askedFor = new Map<string, number>();

  const start = (reread: boolean): StartedJob<IndexSummary> => {
    const job = jobs.start({
      kind: 'index',
      shareAs: reread ? 'index reread' : 'index',
      detail: { reread },
      async run({ signal, report }) {
        const onProgress = (progress: IndexProgress): void => {
          const { stage, done, total, rate } = progress;
          report({ stage, progress: overallProgress(progress), detail: { reread, done, total, rate } });
          for (const listener of listeners) listener(progress);
        };
        try {
          const summary = await updateFolders({ library, index, linkTargets, signal, reread, onProgress });
          logSkipped(summary);
          if (reread) await index.optimize({ signal });
          return summary;
        } finally {
          library.lookAgain();
        }
      },
      toResult: updateResult,
      isWorthRecord: foundSomething,
    });
    if (!askedFor.has(job.id)) {
      const forget = () => void askedFor.delete(job.id);
      void job.done.then(forget, forget);
    }
    askedFor.set(job.id, (askedFor.get(job.id) ?? 0) + 1);
    return job;
  };
  const withdraw = (id: string): void => {
    const left = (askedFor.get(id) ?? 0) - 1;
    askedFor.set(id, left);
    if (left === 0) jobs.cancel(id);
  };

  return {
    updateJob: ({ reread = false } = {}) => start(reread),
    async update({ signal, onProgress, reread = false } = {}) {
      signal?.throwIfAborted();
      const job = start(reread);
      if (onProgress !== undefined) listeners.add(onProgress);
      try {
        return await untilAborted(job.done, signal, () => withdraw(job.id));
      } finally {
        if (onProgress !== undefined) listeners.delete(onProgress);
      }
    },
  };
}

/** Walking tells no total, so it counts for nothing. */
function overallProgress({ stage, done, total }: IndexProgress): number {
  if (stage === 'walking') return 0;
  if (stage === 'finishing') return 0.95;
  return total === 0 ? 0 : 0.95 * (done / total);
}

/** A library that is looked at each hour would have records of nothing else. */
function foundSomething({ added, changed, moved, removed, failed, unavailable }: IndexSummary): boolean {
  return added + changed + moved + removed + failed.length + unavailable.length > 0;
}

function updateResult({ failed, linkedFolders, skippedLinks, ...summary }: IndexSummary): object {
  return {
    ...summary,
    linkedFolders: linkedFolders.slice(0, MAX_FAILURES_IN_RESULT),
    skippedLinksCount: skippedLinks.length,
    skippedLinks: skippedLinks.slice(0, MAX_FAILURES_IN_RESULT),
    failedCount: failed.length,
    failed: failed.slice(0, MAX_FAILURES_IN_RESULT),
  };
}

/** Rejects with the signal's reason as soon as it aborts, having called `onAbort`. */
async function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  onAbort: () => void,
): Promise<T> {
  if (signal === undefined) return work;
  let giveUp = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => {
      onAbort();
      reject(signal.reason as Error);
    };
  });
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
