import { startThread, type Methods, type WorkerClient } from '@iib-kit/threads';
import { ClusteringError } from './clustering-error.ts';

/** Starts a thread; `file` stands beside the built package. Whatever it throws is a `worker-failed`. */
export function startWorker<M extends Methods>(
  file: 'clustering-worker.js' | 'local-worker.js',
  workerData?: unknown,
): WorkerClient<M> {
  const failed = (cause: unknown): ClusteringError =>
    new ClusteringError('worker-failed', `${file} failed on its thread`, { cause });
  return startThread<M>(new URL(`./${file}`, import.meta.url), {
    workerData,
    failure: failed,
    reviveError: ({ message }, cause) => failed(new Error(message, { cause })),
  });
}
