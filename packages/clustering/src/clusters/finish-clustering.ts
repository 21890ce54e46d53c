import { largest } from '../vectors/largest.ts';
import { RowMatrix, blockSize } from '../vectors/row-matrix.ts';
import { dot } from '../vectors/unit-vector.ts';
import type { Clustering } from './clustering.ts';
import type { DistinctRow } from './distinct-rows.ts';
import type { RowCluster } from './row-clusters.ts';

interface LargeCluster {
  readonly rows: number[];
  readonly centroid: Float32Array;
}

/** Dissolves small clusters, gives their members to near large ones, and puts everything in its order. */
export function finishClustering(
  rows: readonly DistinctRow[],
  found: readonly RowCluster[],
  options: { minClusterSize: number; assignNoiseThreshold: number },
): Clustering {
  const sizeOf = (members: Iterable<number>) => {
    let size = 0;
    for (const row of members) size += rows[row]?.indexes.length ?? 0;
    return size;
  };
  const large: LargeCluster[] = [];
  const left: number[] = [];
  for (const cluster of found) {
    if (sizeOf(cluster.rows) >= options.minClusterSize)
      large.push({ rows: [...cluster.rows], centroid: cluster.centroid });
    else left.push(...cluster.rows);
  }
  const noise = assignNear(rows, left, large, options.assignNoiseThreshold);
  const clusters = large
    .map(({ rows: members, centroid }) => ({
      ...membersByCosine(rows, members, centroid),
      centroid,
      first: Math.min(...members),
    }))
    .sort((a, b) => b.members.length - a.members.length || a.first - b.first)
    .map(({ members, centroid, cohesion }) => ({ members, centroid, cohesion }));
  return { clusters, noise: noise.flatMap((row) => rows[row]?.indexes ?? []).sort((a, b) => a - b) };
}

/** Gives rows to the nearest cluster where it is near enough; returns those that stay over. */
function assignNear(
  rows: readonly DistinctRow[],
  left: readonly number[],
  large: readonly LargeCluster[],
  threshold: number,
): number[] {
  if (large.length === 0 || left.length === 0) return [...left];
  const centroids = new RowMatrix(large[0]?.centroid.length ?? 0, large.length);
  for (const [index, { centroid }] of large.entries()) centroids.set(index, centroid);
  const noise: number[] = [];
  for (let start = 0; start < left.length; start += blockSize) {
    const block = left.slice(start, start + blockSize);
    const cosines = centroids.dots(block.map((row) => rows[row]?.vector ?? new Float32Array()));
    for (const [position, row] of block.entries()) {
      const own = cosines.subarray(position * large.length, (position + 1) * large.length);
      const best = largest(own);
      if (best.value >= threshold) large[best.index]?.rows.push(row);
      else noise.push(row);
    }
  }
  return noise;
}

function membersByCosine(rows: readonly DistinctRow[], members: readonly number[], centroid: Float32Array) {
  const found = members.flatMap((row) => {
    const { vector, indexes } = rows[row] ?? { vector: centroid, indexes: [] };
    const cosine = dot(vector, centroid);
    return indexes.map((index) => ({ index, cosine }));
  });
  found.sort((a, b) => b.cosine - a.cosine || a.index - b.index);
  const total = found.reduce((sum, { cosine }) => sum + cosine, 0);
  return { members: found.map(({ index }) => index), cohesion: Math.min(1, total / found.length) };
}
