import type { VectorSetParts } from '../vectors/vector-set.ts';
import type { Clustering } from './clustering.ts';
import { distinctRows } from './distinct-rows.ts';
import { finishClustering } from './finish-clustering.ts';
import { thresholdClusters } from './threshold-clusters.ts';

/** What the worker is told; every value is given. */
export interface ThresholdParameters {
  readonly threshold: number;
  readonly minClusterSize: number;
  readonly assignNoiseThreshold: number;
}

/** Clusters on the calling thread. */
export function thresholdClustering(
  vectors: VectorSetParts,
  parameters: ThresholdParameters,
  onProgress: (progress: number) => void,
): Clustering {
  const rows = distinctRows(vectors);
  if (rows.length === 0) return { clusters: [], noise: [] };
  const clusters = thresholdClusters(rows, { threshold: parameters.threshold, onProgress });
  return finishClustering(rows, clusters, parameters);
}
