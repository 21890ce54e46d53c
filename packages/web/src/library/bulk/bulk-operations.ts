import { createSignal, type Accessor } from 'solid-js';

import { t } from '../../i18n/translate.ts';
import { useClient } from '../connection/client.ts';
import { untilReconnected } from '../connection/connection.ts';
import { describeError } from '../connection/describe-error.ts';
import { useLiveEvents } from '../connection/live-events.ts';
import { reportFailure } from '../connection/query-client.ts';
import { isConnectionFailure } from '../connection/request-failure.ts';
import { selection } from '../lists/selection.ts';
import { runInBulk, type BulkFailure, type BulkState } from './bulk-run.ts';
import { createBulkWorker, type BulkOperation } from './bulk-worker.ts';
import { MAX_PATHS_PER_REQUEST } from './max-paths-per-request.ts';

export interface BulkProgress extends BulkState {
  readonly operation: BulkOperation;
  /** Ids of files in the trash, for undoing. */
  readonly trashed: readonly string[];
}

/** Operations on all selected images, one at a time; an operation goes on while other views are shown. */
export function useBulkOperations(): {
  readonly progress: Accessor<BulkProgress | undefined>;
  readonly start: (operation: BulkOperation) => void;
  readonly cancel: () => void;
  readonly dismiss: () => void;
  readonly restore: (ids: readonly string[]) => Promise<readonly string[]>;
} {
  const client = useClient();
  const [progress, setProgress] = createSignal<BulkProgress>();
  const arrivals = new Set<string>();
  let running: AbortController | undefined;
  useLiveEvents((event) => {
    if (event.type !== 'images' || running === undefined) return;
    for (const path of event.added) arrivals.add(path);
    for (const { to } of event.moved) arrivals.add(to);
  });

  const run = async (operation: BulkOperation, signal: AbortSignal) => {
    const list = selection.list();
    const indices = selection.indices();
    const trashed: string[] = [];
    const worker = createBulkWorker(client, operation, indices.count, trashed);
    const state = await runInBulk({
      indices,
      read: list?.snapshot() ?? (async () => []),
      isNew: (path) => arrivals.has(path),
      process: worker.process,
      describe: (error) => {
        reportFailure(error);
        return describeError(error);
      },
      isConnectionFailure,
      untilReconnected,
      onState: (now) =>
        setProgress({ ...now, isOver: now.isOver && worker.finish === undefined, operation, trashed }),
      signal,
    });
    const failures = signal.aborted ? [] : [...((await worker.finish?.(signal)) ?? [])];
    running = undefined;
    const missed = signal.aborted ? 0 : state.total - state.done;
    if (missed > 0) failures.push({ name: '', reason: t('bulk.missed', { count: missed }) });
    const isComplete = state.failed === 0 && failures.length === 0 && !signal.aborted;
    if (isComplete && worker.emptiesSelection === true) selection.clear();
    setProgress({ ...withFailures(state, failures, missed), operation, trashed });
  };
  return {
    progress,
    start: (operation) => {
      if (running !== undefined || selection.isEmpty()) return;
      running = new AbortController();
      arrivals.clear();
      void run(operation, running.signal);
    },
    cancel: () => running?.abort(),
    dismiss: () => {
      if (running === undefined) setProgress(undefined);
    },
    restore: async (ids) => {
      const failures: string[] = [];
      for (let start = 0; start < ids.length; start += MAX_PATHS_PER_REQUEST) {
        const { errors } = await client.fileSystem.restore({
          ids: ids.slice(start, start + MAX_PATHS_PER_REQUEST),
          continue_on_error: true,
          on_conflict: 'rename',
        });
        failures.push(...errors);
      }
      return failures;
    },
  };
}

/** The final state: files that were no longer in the list share one failure, but each counts as failed. */
function withFailures(state: BulkState, failures: readonly BulkFailure[], missed: number): BulkState {
  return {
    ...state,
    failures: [...state.failures, ...failures],
    done: state.done + missed,
    failed: state.failed + failures.length + Math.max(0, missed - 1),
    isOver: true,
  };
}
