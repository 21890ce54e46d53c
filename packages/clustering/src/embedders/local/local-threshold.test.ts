import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localThreshold } from './local-threshold.ts';

test.each([
  [0.425, 0.4275],
  [0.85, 0.855],
  [0.875, 0.86],
  [0.9, 0.865],
  [0.95, 0.9325],
  [1, 1],
])('%d is %d for local vectors', (asked, local) => {
  expect(localThreshold(asked)).toBeCloseTo(local, 10);
});

test('a stricter threshold stays stricter', () => {
  // As finely as anybody asks; closer ones may be one in the last digit of a double.
  const threshold = fc.integer({ min: 1, max: 1e6 }).map((millionths) => millionths / 1e6);
  fc.assert(
    fc.property(threshold, threshold, (a, b) => {
      expect(Math.sign(localThreshold(a) - localThreshold(b))).toBe(Math.sign(a - b));
    }),
    { examples: [[0.85, 0.9]] },
  );
});

test.each([0, -1, 1.1, Number.NaN])('%d is no threshold', (threshold) => {
  expect(() => localThreshold(threshold)).toThrow(RangeError);
});
