import { Worker } from 'node:worker_threads';
import { ClusteringError } from '../clustering-error.ts';
import type { Clustering, ClusteringOptions } from '../clusters/clustering.ts';
import type { ClusteringJob, ClusteringMessage } from './clustering-job.ts';

/** Does the job on a thread of its own, which an abort ends wherever it is. */
export async function runClusteringJob(
  job: ClusteringJob,
  { signal, onProgress }: Pick<ClusteringOptions, 'signal' | 'onProgress'>,
): Promise<Clustering> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./clustering-worker.js', import.meta.url), {
    workerData: job,
    // Loaders of the program that we are part of have no business in there.
    execArgv: [],
  });
  let aborted: (() => void) | undefined;
  try {
    const clustering = await new Promise<Clustering>((resolve, reject) => {
      aborted = () => reject(signal?.reason);
      signal?.addEventListener('abort', aborted, { once: true });
      worker.on('message', (message: ClusteringMessage) => {
        // What was on its way when the caller gave up.
        if (signal?.aborted === true) return;
        if ('result' in message) resolve(message.result);
        else onProgress?.(message.progress);
      });
      worker.on('error', (cause) => {
        reject(new ClusteringError('worker-failed', 'clustering failed on its thread', { cause }));
      });
      worker.on('exit', (code) => {
        reject(
          new ClusteringError('worker-failed', `the clustering thread ended early with exit code ${code}`),
        );
      });
    });
    onProgress?.(1);
    return clustering;
  } finally {
    if (aborted) signal?.removeEventListener('abort', aborted);
    await worker.terminate();
  }
}
