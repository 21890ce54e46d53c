import type { SeededRandom } from './seeded-random.ts';

/** Draws ranks 0..count-1 where rank r comes up in proportion to 1 / (r + 1) ** exponent. */
export function zipfRanks(count: number, exponent: number): (random: SeededRandom) => number {
  const cumulative = new Float64Array(count);
  let total = 0;
  for (let rank = 0; rank < count; rank++) {
    total += 1 / (rank + 1) ** exponent;
    cumulative[rank] = total;
  }
  return (random) => firstAtLeast(cumulative, random.next() * total);
}

function firstAtLeast(ascending: Float64Array, wanted: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
