import { expect, test } from 'vitest';
import { adjustedRandIndex } from './adjusted-rand-index.ts';

test('labellings that group alike agree fully, whatever the labels', () => {
  expect(adjustedRandIndex([1, 1, 2, 3], [7, 7, -1, 0])).toBe(1);
});

test('a group that is parted costs what the formula of Hubert and Arabie says', () => {
  expect(adjustedRandIndex([0, 0, 1, 1], [0, 0, 1, 2])).toBeCloseTo(4 / 7, 12);
});

test('everything in one group agrees with nothing, and crossed groups are worse than chance', () => {
  expect(adjustedRandIndex([0, 0, 1, 1], [0, 0, 0, 0])).toBe(0);
  expect(adjustedRandIndex([0, 0, 1, 1], [0, 1, 0, 1])).toBeCloseTo(-0.5, 12);
});
