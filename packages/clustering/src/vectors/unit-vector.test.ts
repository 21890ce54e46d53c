import { expect, test } from 'vitest';
import { unitOf } from './unit-vector.ts';

test('a sum has its direction at unit length', () => {
  expect(unitOf(Float64Array.of(3, 4), Float32Array.of(1, 0))).toEqual(Float32Array.of(0.6, 0.8));
  expect(unitOf(Float64Array.of(0, 2e-9), Float32Array.of(1, 0))).toEqual(Float32Array.of(0, 1));
});

test('where everything cancelled out a copy of the fallback stands in', () => {
  const fallback = Float32Array.of(1, 0);
  const found = unitOf(Float64Array.of(0, 1e-17), fallback);
  expect(found).toEqual(fallback);
  expect(found).not.toBe(fallback);
});
