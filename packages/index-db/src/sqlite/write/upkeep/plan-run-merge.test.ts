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

it('merges what is no larger than all that is smaller together', () => {
  expect(plan([100_000])).toBeUndefined();
  expect(plan([100_000, 10, 250])).toBeUndefined();
  expect(plan([100_000, 250, 250, 250])).toEqual([250, 250, 250]);
  expect(plan([250, 60, 120])).toBeUndefined();
  expect(plan([200, 60, 55, 110])).toEqual([55, 60, 110, 200]);
});

it('merges all where it is to be thorough', () => {
  expect(plan([100_000, 10], true)).toEqual([10, 100_000]);
  expect(plan([100_000], true)).toBeUndefined();
});

it('merges the 512 smallest of thousands first', () => {
  expect(plan(Array.from({ length: 5000 }, (_, at) => at + 1))).toEqual(
    Array.from({ length: 512 }, (_, at) => at + 1),
  );
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
      expect(left.length).toBeLessThanOrEqual(1 + Math.log2(documents));
    }),
  );
});
