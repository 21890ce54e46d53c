import { expect, test } from 'vitest';
import type { DistinctRow } from './distinct-rows.ts';
import { Grouping } from './row-clusters.ts';

/** A plane's direction at that many degrees. */
const rowAt = (degrees: number, index: number): DistinctRow => ({
  vector: Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)),
  indexes: [index],
});

const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180);

const rowsOf = (grouping: Grouping) => grouping.groups().map(({ rows }) => [...rows].sort((a, b) => a - b));

test('a single row that is no longer near its group starts one of its own', () => {
  const grouping = new Grouping([0, 1, 2, 60].map(rowAt), cosine(20));
  grouping.add([[0, 1, 2, 3]]);
  expect(grouping.improve()).toBe(true);
  expect(rowsOf(grouping)).toEqual([[0, 1, 2], [3]]);
  expect(grouping.improve()).toBe(false);
});

test('a row moves to the group that it is nearest to, and groups left empty are gone', () => {
  const grouping = new Grouping([0, 2, 40, 42, 43].map(rowAt), cosine(30));
  grouping.add([
    [0, 1, 2],
    [3, 4],
  ]);
  expect(grouping.improve()).toBe(true);
  expect(rowsOf(grouping)).toEqual([
    [0, 1],
    [2, 3, 4],
  ]);
});
