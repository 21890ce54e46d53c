import { ClusteringError } from '../clustering-error.ts';

const initialCapacity = 64;

/** A vector-set's parts, cheap to hand to a worker thread because the memory is shared. */
export interface VectorSetParts {
  readonly dimension: number;
  readonly count: number;
  readonly values: Float32Array;
}

/**
 * Vectors of one dimension, each made unit length as it is added, in one block of shared memory (4 bytes a number).
 * The cosine of two of them is their dot product. Adding after a set was handed to a clustering does not disturb it.
 */
export class VectorSet {
  readonly dimension: number;
  #values: Float32Array;
  #count = 0;

  /** `capacity` vectors fit before the memory is copied to a larger block. */
  constructor(dimension: number, options: { capacity?: number } = {}) {
    const { capacity = initialCapacity } = options;
    if (!Number.isSafeInteger(dimension) || dimension < 1) {
      throw new RangeError(`dimension must be a whole number from 1 up, not ${dimension}`);
    }
    if (!Number.isSafeInteger(capacity) || capacity < 0) {
      throw new RangeError(`capacity must be a whole number from 0 up, not ${capacity}`);
    }
    this.dimension = dimension;
    this.#values = sharedFloats(Math.max(1, capacity) * dimension);
  }

  /** A set of these vectors. Throws as {@link VectorSet.add} does. */
  static of(vectors: readonly ArrayLike<number>[]): VectorSet {
    const [first] = vectors;
    if (first === undefined) throw new RangeError('a vector set needs a vector to know its dimension from');
    const set = new VectorSet(first.length, { capacity: vectors.length });
    for (const vector of vectors) set.add(vector);
    return set;
  }

  get count(): number {
    return this.#count;
  }

  /** Adds a vector and gives its index. Throws `dimension-mismatch`, and `invalid-vector` for NaN, infinity, all zeros. */
  add(vector: ArrayLike<number>): number {
    if (vector.length !== this.dimension) {
      throw new ClusteringError(
        'dimension-mismatch',
        `a vector of ${vector.length} numbers does not fit a set of dimension ${this.dimension}`,
      );
    }
    const length = lengthOf(vector);
    if (!Number.isFinite(length) || length === 0) {
      throw new ClusteringError('invalid-vector', 'a vector must be finite and not all zeros');
    }
    const offset = this.#count * this.dimension;
    if (offset + this.dimension > this.#values.length) this.#grow();
    for (let index = 0; index < this.dimension; index++) {
      this.#values[offset + index] = (vector[index] ?? 0) / length;
    }
    return this.#count++;
  }

  /** The vector at an index, as a view into the set. */
  at(index: number): Float32Array {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.#count) {
      throw new RangeError(`index must be from 0 to ${this.#count - 1}, not ${index}`);
    }
    return this.#values.subarray(index * this.dimension, (index + 1) * this.dimension);
  }

  /** What the set is made of now; `values` holds `count` rows of `dimension` numbers and is not a copy. */
  parts(): VectorSetParts {
    return {
      dimension: this.dimension,
      count: this.#count,
      values: this.#values.subarray(0, this.#count * this.dimension),
    };
  }

  #grow(): void {
    const grown = sharedFloats(this.#values.length * 2);
    grown.set(this.#values);
    this.#values = grown;
  }
}

function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
}

function lengthOf(vector: ArrayLike<number>): number {
  // Scaled by the largest part, so that squares of huge or tiny numbers neither overflow nor vanish.
  let largest = 0;
  for (let index = 0; index < vector.length; index++) {
    const size = Math.abs(vector[index] ?? Number.NaN);
    if (!(size <= largest)) largest = size;
    if (Number.isNaN(size)) return Number.NaN;
  }
  if (largest === 0 || !Number.isFinite(largest)) return largest === 0 ? 0 : Number.NaN;
  let sum = 0;
  for (let index = 0; index < vector.length; index++) {
    const part = (vector[index] ?? 0) / largest;
    sum += part * part;
  }
  return largest * Math.sqrt(sum);
}
