import type { VectorSet } from '../vectors/vector-set.ts';
import { checkMinClusterSize, checkShare } from './check-options.ts';
import { clusterOnThread } from './cluster-on-thread.ts';
import type { Clustering, ClusteringOptions } from './clustering.ts';

export interface KmeansOptions extends ClusteringOptions {
  /** How many clusters; no more than there are different vectors. Default: chosen by how well they part, up to 256. */
  readonly k?: number;
  /** A whole number; the same seed gives the same clusters, whatever the order of the vectors. Default 1. */
  readonly seed?: number;
}

/**
 * Makes a number of clusters by k-means; every image belongs to one, except where `minClusterSize` dissolves it.
 * The default of `assignNoiseThreshold` is 0.88. Works on a thread of its own.
 */
export async function clusterByKmeans(vectors: VectorSet, options: KmeansOptions = {}): Promise<Clustering> {
  const { k, seed = 1, minClusterSize = 2, assignNoiseThreshold = 0.88 } = options;
  if (k !== undefined && (!Number.isSafeInteger(k) || k < 1)) {
    throw new RangeError(`k must be a whole number from 1 up, not ${k}`);
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, not ${seed}`);
  checkShare('assignNoiseThreshold', assignNoiseThreshold);
  checkMinClusterSize(minClusterSize);
  const input = {
    vectors: vectors.parts(),
    parameters: { k: k ?? null, seed, minClusterSize, assignNoiseThreshold },
  };
  return clusterOnThread((worker, callOptions) => worker.call('kmeans', input, callOptions), options);
}
