import { createDotKernel, reserve, type DotKernel } from '../vectors/dot-kernel.ts';
import { dot } from '../vectors/unit-vector.ts';
import type { VectorSetParts } from '../vectors/vector-set.ts';

const groupBytes = 16;
const largestByte = 127;

/**
 * Vectors with a byte a number, for scores that are nearly right in a quarter of the memory. What is rounded is the
 * difference from the mean of all vectors: what they have in common would take the bits that tell them apart.
 */
export class ByteRows {
  readonly #kernel: DotKernel = createDotKernel();
  readonly #mean: Float32Array;
  readonly #count: number;
  readonly #rowBytes: number;
  readonly #rowsAt: number;
  readonly #scales: Float32Array;
  readonly #meanDots: Float32Array;

  constructor({ values, count, dimension }: VectorSetParts) {
    this.#count = count;
    this.#rowBytes = Math.ceil(dimension / groupBytes) * groupBytes;
    this.#rowsAt =
      Math.ceil((count * Int32Array.BYTES_PER_ELEMENT) / groupBytes) * groupBytes + this.#rowBytes;
    this.#scales = new Float32Array(count);
    this.#meanDots = new Float32Array(count);
    this.#mean = meanOf(values, count, dimension);
    reserve(this.#kernel.memory, this.#rowsAt + count * this.#rowBytes);
    for (let index = 0; index < count; index++) {
      const row = values.subarray(index * dimension, (index + 1) * dimension);
      this.#scales[index] = this.#write(this.#rowsAt + index * this.#rowBytes, row);
      this.#meanDots[index] = dot(row, this.#mean);
    }
  }

  /** Calls back with each row's score, about its dot product with the query. */
  score(query: Float32Array, visit: (index: number, score: number) => void): void {
    const queryScale = this.#write(this.#rowsAt - this.#rowBytes, query);
    this.#kernel.byteDots(this.#rowsAt - this.#rowBytes, this.#rowsAt, this.#count, this.#rowBytes, 0);
    const products = new Int32Array(this.#kernel.memory.buffer, 0, this.#count);
    // With m the mean, q.v = (q - m).(v - m) + m.v + q.m - m.m.
    const constant = dot(query, this.#mean) - dot(this.#mean, this.#mean);
    for (let index = 0; index < this.#count; index++) {
      const difference = (products[index] ?? 0) * queryScale * (this.#scales[index] ?? 0);
      visit(index, difference + (this.#meanDots[index] ?? 0) + constant);
    }
  }

  /** Writes the difference from the mean and returns what a step of its bytes is worth. */
  #write(offset: number, row: Float32Array): number {
    let largest = 0;
    for (let at = 0; at < row.length; at++) {
      largest = Math.max(largest, Math.abs((row[at] ?? 0) - (this.#mean[at] ?? 0)));
    }
    const scale = largest === 0 ? 1 : largest / largestByte;
    const bytes = new Int8Array(this.#kernel.memory.buffer, offset, this.#rowBytes);
    for (let at = 0; at < row.length; at++) {
      bytes[at] = Math.round(((row[at] ?? 0) - (this.#mean[at] ?? 0)) / scale);
    }
    return scale;
  }
}

function meanOf(values: Float32Array, count: number, dimension: number): Float32Array {
  const sum = new Float64Array(dimension);
  for (let index = 0; index < count; index++) {
    for (let at = 0; at < dimension; at++) sum[at] = (sum[at] ?? 0) + (values[index * dimension + at] ?? 0);
  }
  return Float32Array.from(sum, (part) => part / Math.max(1, count));
}
