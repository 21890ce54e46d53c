/** Images that belong together. */
export interface Cluster {
  /** Indexes into the vector set, the most typical first. */
  readonly members: readonly number[];
  /** Of unit length: the direction that the members share. */
  readonly centroid: Float32Array;
  /** The mean cosine of the members with the centroid. */
  readonly cohesion: number;
}

/** Every index of the vector set is in exactly one cluster or in `noise`. */
export interface Clustering {
  /** Largest first. */
  readonly clusters: readonly Cluster[];
  /** Ascending. */
  readonly noise: readonly number[];
}

/** What every way of clustering takes. */
export interface ClusteringOptions {
  /** Smaller clusters are dissolved. Default 2. */
  readonly minClusterSize?: number;
  /** Members of dissolved clusters join the nearest cluster whose centroid has at least this cosine with them. */
  readonly assignNoiseThreshold?: number;
  /** Called with a share from 0 to 1, rising, 1 when finished. */
  readonly onProgress?: (progress: number) => void;
  /** Ends the work at once; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}
