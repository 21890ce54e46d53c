import { kmeansClustering, type KmeansParameters } from '../clusters/kmeans-clustering.ts';
import type { Clustering } from '../clusters/clustering.ts';
import { thresholdClustering, type ThresholdParameters } from '../clusters/threshold-clustering.ts';
import type { VectorSetParts } from '../vectors/vector-set.ts';

/** What the clustering worker is started with. */
export type ClusteringJob =
  | {
      readonly method: 'threshold';
      readonly vectors: VectorSetParts;
      readonly parameters: ThresholdParameters;
    }
  | { readonly method: 'kmeans'; readonly vectors: VectorSetParts; readonly parameters: KmeansParameters };

/** What it sends back: some progress, then one result. */
export type ClusteringMessage = { readonly progress: number } | { readonly result: Clustering };

/** Does the job on the calling thread. */
export function doClusteringJob(job: ClusteringJob, onProgress: (progress: number) => void): Clustering {
  switch (job.method) {
    case 'threshold':
      return thresholdClustering(job.vectors, job.parameters, onProgress);
    case 'kmeans':
      return kmeansClustering(job.vectors, job.parameters, onProgress);
    default:
      throw new TypeError(`unknown clustering method ${JSON.stringify(job satisfies never)}`);
  }
}
