import { largest } from '../vectors/largest.ts';
import { RowMatrix, blockSize } from '../vectors/row-matrix.ts';
import type { DistinctRow } from './distinct-rows.ts';
import { evenSample } from './even-sample.ts';
import { RowClusters, type RowCluster } from './row-clusters.ts';

const mostRounds = 8;
const closeShare = 0.35;
const sampleSize = 2_000;

/**
 * Clusters rows whose cosine with the cluster's centroid is at least `threshold`. Close rows gather, clusters that are each
 * other's nearest are merged as long as their members are on average near enough to the other's centroid, then rows move to
 * a better cluster until nothing moves. Rows that nothing is like stay alone.
 */
export function thresholdClusters(
  rows: readonly DistinctRow[],
  options: { threshold: number; onProgress: (progress: number) => void },
): RowCluster[] {
  const { threshold, onProgress } = options;
  const clusters = new RowClusters(rows, threshold);
  const gathered = gatherBySamples(rows, threshold, (share) => onProgress(share * 0.5));
  clusters.add(gathered.clusters);
  if (gathered.samples > 1) clusters.mergeNearest((share) => onProgress(0.5 + share * 0.4));
  for (let round = 1; round <= mostRounds && clusters.improve(); round++) {
    onProgress(0.9 + (0.1 * round) / mostRounds);
  }
  return clusters.all();
}

/**
 * Clusters a sample and gives the other rows to its clusters where they fit as well as its members do; what is left is
 * sampled again. Comparing all rows with each other is spared wherever there are clusters to find.
 */
function gatherBySamples(
  rows: readonly DistinctRow[],
  threshold: number,
  onProgress: (share: number) => void,
) {
  const clusters: number[][] = [];
  let pending: readonly number[] = Array.from(rows, (_, row) => row);
  let samples = 0;
  while (pending.length > 0) {
    const sample = evenSample(pending, sampleSize);
    const sampled = new Set(sample);
    const done = rows.length - pending.length;
    const found = clustersOfSample(rows, sample, threshold, (share) =>
      onProgress((done + share * sample.length) / rows.length),
    );
    const rest = pending.filter((row) => !sampled.has(row));
    pending = joinClusters(rows, rest, found, threshold);
    for (const { members } of found) clusters.push(members);
    samples++;
    onProgress(1 - pending.length / rows.length);
  }
  return { clusters, samples };
}

interface SampleCluster {
  readonly members: number[];
  readonly centroid: Float32Array;
  readonly cohesion: number;
}

function clustersOfSample(
  rows: readonly DistinctRow[],
  sample: readonly number[],
  threshold: number,
  onProgress: (share: number) => void,
): SampleCluster[] {
  const sampleRows = sample.map((row) => rows[row]).filter((row) => row !== undefined);
  const clusters = new RowClusters(sampleRows, threshold);
  // Gathering at the threshold itself would let the rows that come first swallow topics that come later.
  clusters.assignAll(
    sampleRows.map((_, index) => index),
    threshold + (1 - threshold) * closeShare,
  );
  onProgress(0.5);
  clusters.mergeNearest((share) => onProgress(0.5 + share / 2));
  return clusters.all().map((cluster) => ({
    members: Array.from(cluster.rows, (index) => sample[index] ?? -1),
    centroid: cluster.centroid,
    cohesion: cluster.cohesion,
  }));
}

/** Adds rows to the nearest cluster of several where they are nearer than halfway from the threshold to its members. */
function joinClusters(
  rows: readonly DistinctRow[],
  rest: readonly number[],
  found: readonly SampleCluster[],
  threshold: number,
): number[] {
  const clusters = found.filter(({ members }) => members.length > 1);
  if (clusters.length === 0) return [...rest];
  const centroids = new RowMatrix(clusters[0]?.centroid.length ?? 0, clusters.length);
  for (const [index, { centroid }] of clusters.entries()) centroids.set(index, centroid);
  const left: number[] = [];
  for (let start = 0; start < rest.length; start += blockSize) {
    const block = rest.slice(start, start + blockSize);
    const cosines = centroids.dots(block.map((row) => rows[row]?.vector ?? new Float32Array()));
    for (const [position, row] of block.entries()) {
      const best = largest(cosines.subarray(position * clusters.length, (position + 1) * clusters.length));
      const cluster = clusters[best.index];
      if (cluster && best.value >= (threshold + Math.max(threshold, cluster.cohesion)) / 2)
        cluster.members.push(row);
      else left.push(row);
    }
  }
  return left;
}
