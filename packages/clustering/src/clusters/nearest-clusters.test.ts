import { expect, test } from 'vitest';
import { RowMatrix } from '../vectors/row-matrix.ts';
import { NearestClusters } from './nearest-clusters.ts';

function nearestOf(centroids: readonly (readonly number[])[]) {
  const rows = new RowMatrix(4, centroids.length);
  for (const [index, centroid] of centroids.entries()) rows.set(index, Float32Array.from(centroid));
  const nearest = new NearestClusters(
    centroids.map(() => ({ cohesion: 1 })),
    rows,
  );
  nearest.findAll(() => undefined);
  return { rows, nearest };
}

test('of clusters that are equally near the earlier counts, also one that became so by a merge', () => {
  const { rows, nearest } = nearestOf([
    [0, 0, 1, 0],
    [0, 0, 1, 0],
    [1, 0, 0, 0],
    [0.6, 0.8, 0, 0],
  ]);
  expect(nearest.mutual(0.5)).toEqual([
    [0, 1],
    [2, 3],
  ]);
  rows.set(0, Float32Array.of(0.6, 0, 0.8, 0));
  nearest.update([[0, 1]]);
  expect(nearest.mutual(0.5)).toEqual([[0, 2]]);
  expect(nearest.mutual(0.7)).toEqual([]);
});
