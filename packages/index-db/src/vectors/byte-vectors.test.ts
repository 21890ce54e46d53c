import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteVectors, largeNumbers } from './byte-vectors.ts';

const dimension = 19;
const part = fc.oneof(fc.float({ min: -1, max: 1, noNaN: true }), fc.constantFrom(0, 1, -1, 1000));
const vector = fc
  .array(part, { minLength: dimension, maxLength: dimension })
  .map((values) => Float32Array.from(values));

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array): number =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  const lengths = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
  return lengths === 0 ? 0 : dot(a, b) / lengths;
}

it('leaves out no vector that is among the nearest', () => {
  fc.assert(
    fc.property(
      fc.array(vector, { minLength: 1, maxLength: 40 }),
      vector,
      fc.integer({ min: 1, max: 8 }),
      fc.uniqueArray(fc.integer({ min: 0, max: dimension - 1 })),
      (vectors, query, count, apart) => {
        const rows = new ByteVectors(dimension, vectors.length, apart);
        for (const [id, one] of vectors.entries()) rows.add({ id, vector: one });
        const candidates = new Set(rows.candidates(query, count));
        const scores = vectors.map((one) => cosine(query, one));
        const last = scores.toSorted((a, b) => b - a)[Math.min(count, scores.length) - 1] ?? 0;
        const missed = scores.flatMap((score, id) => (score >= last && !candidates.has(id) ? [id] : []));
        expect(missed).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

it.each([
  ['vectors of numbers alike', 0],
  ['vectors that share a direction, as those of hosted models do', 8],
])('leaves few to be compared exactly: %s', (_, shared) => {
  let state = 1;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5;
  const made = (): Float32Array =>
    Float32Array.from({ length: 256 }, (_value, at) => (at === 7 ? shared : 0) + random());
  const vectors = Array.from({ length: 4000 }, made);
  const rows = new ByteVectors(256, 4000, largeNumbers(vectors.slice(0, 256), 256));
  for (const [id, vector] of vectors.entries()) rows.add({ id, vector });
  expect(rows.candidates(made(), 10).length).toBeLessThan(400);
});

it('finds the numbers that are large in most vectors', () => {
  const vector = Float32Array.from({ length: 64 }, (_, at) => (at === 9 ? -30 : at === 20 ? 40 : 1));
  expect(largeNumbers([vector, vector], 64)).toEqual([20, 9]);
  expect(largeNumbers([Float32Array.from({ length: 64 }, () => 1)], 64)).toEqual([]);
  expect(largeNumbers([], 64)).toEqual([]);
});
