import { largest } from '../vectors/largest.ts';
import { projectRows } from '../vectors/project-rows.ts';
import { RowMatrix, blockSize } from '../vectors/row-matrix.ts';
import { unitOf } from '../vectors/unit-vector.ts';
import type { VectorSetParts } from '../vectors/vector-set.ts';
import { chooseK } from './choose-k.ts';
import type { Clustering } from './clustering.ts';
import { distinctRows, type DistinctRow } from './distinct-rows.ts';
import { finishClustering } from './finish-clustering.ts';
import { kmeansClusters } from './kmeans-clusters.ts';
import type { RowCluster } from './row-clusters.ts';

// Enough to keep the distances between unit vectors within about an eighth, and a 24th of the work at 1,536.
const projectedDimension = 64;
const maxIterations = 25;

/** What the worker is told; `k` is null where it is to be chosen. */
export interface KmeansParameters {
  readonly k: number | null;
  readonly seed: number;
  readonly minClusterSize: number;
  readonly assignNoiseThreshold: number;
}

/** Clusters on the calling thread. */
export function kmeansClustering(
  vectors: VectorSetParts,
  parameters: KmeansParameters,
  onProgress: (progress: number) => void,
): Clustering {
  const rows = distinctRows(vectors);
  if (rows.length === 0) return { clusters: [], noise: [] };
  const { seed } = parameters;
  const projected = projectRows(
    rows.map(({ vector }) => vector),
    projectedDimension,
    seed,
  ).map((row) => Array.from(row));
  onProgress(0.1);
  const k = parameters.k ?? chooseK(projected, seed);
  onProgress(0.3);
  const { centerOf } = kmeansClusters(projected, k, {
    seed,
    maxIterations,
    onIteration: (iteration) => onProgress(0.3 + (0.6 * iteration) / maxIterations),
  });
  const clusters = clustersOf(rows, centerOf);
  return finishClustering(rows, clustersOf(rows, nearestClusters(rows, clusters)), parameters);
}

function clustersOf(rows: readonly DistinctRow[], clusterOf: readonly number[]): RowCluster[] {
  const members = new Map<number, Set<number>>();
  for (const [row, cluster] of clusterOf.entries()) {
    const found = members.get(cluster) ?? new Set();
    members.set(cluster, found.add(row));
  }
  return [...members.values()].map((found) => ({ rows: found, centroid: centroidOf(rows, found) }));
}

function centroidOf(rows: readonly DistinctRow[], members: ReadonlySet<number>): Float32Array {
  const [first] = members;
  const fallback = rows[first ?? 0]?.vector ?? new Float32Array();
  const sum = new Float64Array(fallback.length);
  for (const row of members) {
    const { vector, indexes } = rows[row] ?? { vector: fallback, indexes: [] };
    for (let index = 0; index < sum.length; index++) {
      sum[index] = (sum[index] ?? 0) + indexes.length * (vector[index] ?? 0);
    }
  }
  return unitOf(sum, fallback);
}

/** Which cluster each row is nearest to in all dimensions: mends what the projection blurred. */
function nearestClusters(rows: readonly DistinctRow[], clusters: readonly RowCluster[]): number[] {
  const centroids = new RowMatrix(rows[0]?.vector.length ?? 0, clusters.length);
  for (const [index, { centroid }] of clusters.entries()) centroids.set(index, centroid);
  const nearest: number[] = [];
  for (let start = 0; start < rows.length; start += blockSize) {
    const block = rows.slice(start, start + blockSize).map(({ vector }) => vector);
    const cosines = centroids.dots(block);
    for (let position = 0; position < block.length; position++) {
      const own = cosines.subarray(position * clusters.length, (position + 1) * clusters.length);
      nearest.push(largest(own).index);
    }
  }
  return nearest;
}
