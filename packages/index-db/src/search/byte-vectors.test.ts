import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteVectors } from './byte-vectors.ts';

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
      (vectors, query, count) => {
        const rows = new ByteVectors(dimension, vectors.length);
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

it('leaves few to be compared exactly', () => {
  let state = 1;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5;
  const rows = new ByteVectors(256, 4000);
  const made = (): Float32Array => Float32Array.from({ length: 256 }, random);
  for (let id = 0; id < 4000; id += 1) rows.add({ id, vector: made() });
  expect(rows.candidates(made(), 10).length).toBeLessThan(400);
});
