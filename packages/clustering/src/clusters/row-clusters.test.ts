import { expect, test } from 'vitest';
import type { DistinctRow } from './distinct-rows.ts';
import { RowClusters } from './row-clusters.ts';

/** A plane's direction at that many degrees. */
const rowAt = (degrees: number, index: number): DistinctRow => ({
  vector: Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)),
  indexes: [index],
});

const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180);

const rowsOf = (clusters: RowClusters) => clusters.all().map(({ rows }) => [...rows].sort((a, b) => a - b));

test('a single row that is no longer near its cluster starts one of its own', () => {
  const clusters = new RowClusters([0, 1, 2, 60].map(rowAt), cosine(20));
  clusters.add([[0, 1, 2, 3]]);
  expect(clusters.improve()).toBe(true);
  expect(rowsOf(clusters)).toEqual([[0, 1, 2], [3]]);
  expect(clusters.improve()).toBe(false);
});

test('a row moves to the cluster that it is nearest to, and clusters left empty are gone', () => {
  const clusters = new RowClusters([0, 2, 40, 42, 43].map(rowAt), cosine(30));
  clusters.add([
    [0, 1, 2],
    [3, 4],
  ]);
  expect(clusters.improve()).toBe(true);
  expect(rowsOf(clusters)).toEqual([
    [0, 1],
    [2, 3, 4],
  ]);
});
