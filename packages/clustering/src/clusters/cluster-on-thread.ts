import type { CallOptions, WorkerClient } from '@iib-kit/threads';
import { startWorker } from '../start-worker.ts';
import type { ClusteringMethods } from './clustering-methods.ts';
import type { Clustering, ClusteringOptions } from './clustering.ts';

/** Clusters on a thread of its own, which an abort ends wherever it is. */
export async function clusterOnThread(
  call: (worker: WorkerClient<ClusteringMethods>, options: CallOptions<number>) => Promise<Clustering>,
  { signal, onProgress }: Pick<ClusteringOptions, 'signal' | 'onProgress'>,
): Promise<Clustering> {
  signal?.throwIfAborted();
  const worker = startWorker<ClusteringMethods>('clustering-worker.js');
  try {
    const clustering = await call(worker, { signal, onProgress });
    onProgress?.(1);
    return clustering;
  } finally {
    await worker.end(new Error('The clustering is over'));
  }
}
