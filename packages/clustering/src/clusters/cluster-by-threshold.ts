import type { VectorSet } from '../vectors/vector-set.ts';
import { checkMinClusterSize, checkShare } from './check-options.ts';
import { clusterOnThread } from './cluster-on-thread.ts';
import type { Clustering, ClusteringOptions } from './clustering.ts';

export interface ThresholdOptions extends ClusteringOptions {
  /** The least cosine of a member with its cluster's centroid, above 0 and up to 1. Default 0.9. */
  readonly threshold?: number;
}

/**
 * Clusters by likeness alone: as many clusters as the threshold gives. The same vectors in any order give the same
 * clusters. Works on a thread of its own.
 */
export async function clusterByThreshold(
  vectors: VectorSet,
  options: ThresholdOptions = {},
): Promise<Clustering> {
  const { threshold = 0.9, minClusterSize = 2 } = options;
  const { assignNoiseThreshold = clamp(threshold + 0.02, 0.88, 0.97) } = options;
  checkShare('threshold', threshold);
  checkShare('assignNoiseThreshold', assignNoiseThreshold);
  checkMinClusterSize(minClusterSize);
  const input = { vectors: vectors.parts(), parameters: { threshold, minClusterSize, assignNoiseThreshold } };
  return clusterOnThread((worker, callOptions) => worker.call('threshold', input, callOptions), options);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
