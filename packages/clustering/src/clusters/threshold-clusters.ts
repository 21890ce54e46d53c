import { largest } from '../vectors/largest.ts';
import { RowMatrix, blockSize } from '../vectors/row-matrix.ts';
import type { DistinctRow } from './distinct-rows.ts';
import { evenSample } from './even-sample.ts';
import { Grouping, type Group } from './row-clusters.ts';

const mostRounds = 8;
const closeShare = 0.35;
const sampleSize = 2_000;

/**
 * Groups rows whose cosine with the group's centroid is at least `threshold`. Close rows gather, groups that are each
 * other's nearest are merged as long as their members are on average near enough to the other's centroid, then rows move to
 * a better group until nothing moves. Rows that nothing is like stay alone.
 */
export function thresholdGroups(
  rows: readonly DistinctRow[],
  options: { threshold: number; onProgress: (progress: number) => void },
): Group[] {
  const { threshold, onProgress } = options;
  const grouping = new Grouping(rows, threshold);
  const gathered = gatherBySamples(rows, threshold, (share) => onProgress(share * 0.5));
  grouping.add(gathered.groups);
  if (gathered.samples > 1) grouping.mergeNearest((share) => onProgress(0.5 + share * 0.4));
  for (let round = 1; round <= mostRounds && grouping.improve(); round++) {
    onProgress(0.9 + (0.1 * round) / mostRounds);
  }
  return grouping.groups();
}

/**
 * Groups a sample and gives the other rows to its groups where they fit as well as its members do; what is left is
 * sampled again. Comparing all rows with each other is spared wherever there are groups to find.
 */
function gatherBySamples(
  rows: readonly DistinctRow[],
  threshold: number,
  onProgress: (share: number) => void,
) {
  const groups: number[][] = [];
  let pending: readonly number[] = Array.from(rows, (_, row) => row);
  let samples = 0;
  while (pending.length > 0) {
    const sample = evenSample(pending, sampleSize);
    const sampled = new Set(sample);
    const done = rows.length - pending.length;
    const found = groupsOfSample(rows, sample, threshold, (share) =>
      onProgress((done + share * sample.length) / rows.length),
    );
    const rest = pending.filter((row) => !sampled.has(row));
    pending = giveToGroups(rows, rest, found, threshold);
    for (const { members } of found) groups.push(members);
    samples++;
    onProgress(1 - pending.length / rows.length);
  }
  return { groups, samples };
}

interface SampleGroup {
  readonly members: number[];
  readonly centroid: Float32Array;
  readonly cohesion: number;
}

function groupsOfSample(
  rows: readonly DistinctRow[],
  sample: readonly number[],
  threshold: number,
  onProgress: (share: number) => void,
): SampleGroup[] {
  const sampleRows = sample.map((row) => rows[row]).filter((row) => row !== undefined);
  const grouping = new Grouping(sampleRows, threshold);
  // Gathering at the threshold itself would let the rows that come first swallow topics that come later.
  grouping.placeAll(
    sampleRows.map((_, place) => place),
    threshold + (1 - threshold) * closeShare,
  );
  onProgress(0.5);
  grouping.mergeNearest((share) => onProgress(0.5 + share / 2));
  return grouping.groups().map((group) => ({
    members: Array.from(group.rows, (place) => sample[place] ?? -1),
    centroid: group.centroid,
    cohesion: group.cohesion,
  }));
}

/** Adds rows to the nearest group of several where they are nearer than halfway from the threshold to its members. */
function giveToGroups(
  rows: readonly DistinctRow[],
  rest: readonly number[],
  found: readonly SampleGroup[],
  threshold: number,
): number[] {
  const groups = found.filter(({ members }) => members.length > 1);
  if (groups.length === 0) return [...rest];
  const centroids = new RowMatrix(groups[0]?.centroid.length ?? 0, groups.length);
  for (const [index, { centroid }] of groups.entries()) centroids.set(index, centroid);
  const left: number[] = [];
  for (let start = 0; start < rest.length; start += blockSize) {
    const block = rest.slice(start, start + blockSize);
    const cosines = centroids.dots(block.map((row) => rows[row]?.vector ?? new Float32Array()));
    for (const [position, row] of block.entries()) {
      const best = largest(cosines.subarray(position * groups.length, (position + 1) * groups.length));
      const group = groups[best.index];
      if (group && best.value >= (threshold + Math.max(threshold, group.cohesion)) / 2)
        group.members.push(row);
      else left.push(row);
    }
  }
  return left;
}
