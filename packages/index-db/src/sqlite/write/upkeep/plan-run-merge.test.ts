import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planRunMerge } from './plan-run-merge.ts';

/** Runs of these sizes. */
function runsOf(sizes: readonly number[]) {
  let firstDoc = 1;
  return sizes.map((size) => {
    const run = { firstDoc, lastDoc: firstDoc + size - 1, last: { modified: 0, imageId: 0 } };
    firstDoc += size;
    return run;
  });
}

const plan = (sizes: readonly number[], isThorough = false) =>
  planRunMerge(runsOf(sizes), isThorough)?.map(({ firstDoc, lastDoc }) => lastDoc - firstDoc + 1);

it('merges what is clearly smaller than all smaller ones together', () => {
  expect(plan([100_000])).toBeUndefined();
  expect(plan([100_000, 10, 250])).toBeUndefined();
  expect(plan([100_000, 250, 250, 250])).toEqual([250, 250, 250]);
  expect(plan([250, 60, 120])).toBeUndefined();
  expect(plan([150, 60, 55, 85])).toEqual([55, 60, 85, 150]);
  // To move the large run as well would cost as much again, and a second one costs a search little.
  expect(plan([100_000, 50_000, 25_000, 20_000, 8000])).toBeUndefined();
  expect(plan([100_000, 50_000, 30_000, 24_000, 15_000])).toEqual([15_000, 24_000, 30_000, 50_000]);
});

it('merges all where it is to be thorough', () => {
  expect(plan([100_000, 10], true)).toEqual([10, 100_000]);
  expect(plan([100_000], true)).toBeUndefined();
});

it('merges the 8,192 smallest of more first', () => {
  const sizes = Array.from({ length: 10_000 }, (_, at) => 1 + Math.floor(at / 100));
  expect(plan(sizes)).toEqual(sizes.slice(0, 8192));
});

it('leaves a number of runs that grows with the logarithm of their documents', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 300 }), (sizes) => {
      let left = sizes;
      for (let merged = plan(left); merged !== undefined; merged = plan(left)) {
        const smallest = left.toSorted((a, b) => a - b).slice(merged.length);
        left = [...smallest, merged.reduce((sum, size) => sum + size, 0)];
      }
      const documents = sizes.reduce((sum, size) => sum + size, 0);
      expect(left.length).toBeLessThanOrEqual(2 + Math.log(documents) / Math.log(1.75));
    }),
  );
});
