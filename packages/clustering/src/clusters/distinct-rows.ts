import type { VectorSetParts } from '../vectors/vector-set.ts';

/** A vector and all the indexes that have exactly it. */
export interface DistinctRow {
  readonly vector: Float32Array;
  readonly indexes: readonly number[];
}

/**
 * The different vectors of a set in an order that depends on their numbers alone, never on the order in which they were
 * added: what is computed from them in this order is the same for every permutation of the set.
 */
export function distinctRows({ values, count, dimension }: VectorSetParts): DistinctRow[] {
  const row = (index: number) => values.subarray(index * dimension, (index + 1) * dimension);
  const order = Array.from({ length: count }, (_, index) => index);
  order.sort((a, b) => compareAt(values, a * dimension, b * dimension, dimension) || a - b);
  const distinct: { vector: Float32Array; indexes: number[] }[] = [];
  for (const index of order) {
    const last = distinct.at(-1);
    const sameAsLast =
      last && compareAt(values, (last.indexes[0] ?? 0) * dimension, index * dimension, dimension) === 0;
    if (last && sameAsLast) last.indexes.push(index);
    else distinct.push({ vector: row(index), indexes: [index] });
  }
  return distinct;
}

function compareAt(values: Float32Array, a: number, b: number, dimension: number): number {
  for (let offset = 0; offset < dimension; offset++) {
    const difference = (values[a + offset] ?? 0) - (values[b + offset] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
