import { expect, test } from 'vitest';
import type { DistinctRow } from './distinct-rows.ts';
import { thresholdClusters } from './threshold-clusters.ts';

/** More than a sample takes, all within ten degrees. */
const rows: DistinctRow[] = Array.from({ length: 2_500 }, (_, index) => {
  const angle = (index / 2_500) * (Math.PI / 18);
  return { vector: Float32Array.of(Math.cos(angle), Math.sin(angle)), indexes: [index] };
});

test('what one sample cluster takes in needs neither a second sample nor a merge', () => {
  const told: number[] = [];
  const clusters = thresholdClusters(rows, { threshold: 0.9, onProgress: (share) => told.push(share) });
  expect(clusters.map(({ rows: members }) => members.size)).toEqual([2_500]);
  // Merging would be told beyond the half.
  expect(told.at(-1)).toBe(0.5);
});
