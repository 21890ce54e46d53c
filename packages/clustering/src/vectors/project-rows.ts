import { seededRandom } from '../seeded-random.ts';
import { RowMatrix, blockSize } from './row-matrix.ts';

/**
 * The rows in fewer dimensions, by random signs: distances between rows stay about the same (Johnson and Lindenstrauss).
 * Rows that are short enough already come back as they are.
 */
export function projectRows(rows: readonly Float32Array[], dimension: number, seed: number): Float32Array[] {
  const from = rows[0]?.length ?? 0;
  if (from <= dimension) return [...rows];
  const random = seededRandom(seed);
  const scale = 1 / Math.sqrt(dimension);
  const directions = new RowMatrix(from, dimension);
  for (let index = 0; index < dimension; index++) {
    directions.set(
      index,
      Float32Array.from({ length: from }, () => (random() < 0.5 ? -scale : scale)),
    );
  }
  const projected: Float32Array[] = [];
  for (let start = 0; start < rows.length; start += blockSize) {
    const block = rows.slice(start, start + blockSize);
    const products = directions.dots(block);
    for (let position = 0; position < block.length; position++) {
      projected.push(products.slice(position * dimension, (position + 1) * dimension));
    }
  }
  return projected;
}
