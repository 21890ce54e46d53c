import { type ByteDots, createByteDots } from './byte-dots.ts';

const groupBytes = 16;
const largestByte = 127;
const removed = -1;
const queryRow = -1;
// Of the sums of floats, which the bounds do not count.
const roundingError = 1e-5;

export interface IdVector {
  readonly id: number;
  readonly vector: Float32Array;
}

interface Written {
  /** What a step of the bytes is worth. */
  readonly scale: number;
  /** How far the bytes are from the vector of length 1, as a length, without the numbers that are kept apart. */
  readonly error: number;
  /** The length of what is in the bytes, of a vector of length 1. */
  readonly length: number;
}

/** Most numbers of a vector that are kept apart. */
const mostApart = 16;
/** Numbers are kept apart that are so many times as large as the average one. */
const largeFactor = 4;

/**
 * The indices of numbers that are large in most vectors of a model, as every model has some: beside them the others would
 * be a few steps of a byte.
 */
export function largeNumbers(sample: readonly Float32Array[], dimension: number): number[] {
  const sums = new Float64Array(dimension);
  for (const vector of sample) {
    for (const [at, value] of vector.entries()) sums[at] = (sums[at] ?? 0) + Math.abs(value);
  }
  const average = sums.reduce((sum, value) => sum + value, 0) / dimension;
  return [...sums.keys()]
    .filter((at) => (sums[at] ?? 0) > average * largeFactor)
    .toSorted((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0))
    .slice(0, mostApart);
}

/** The so many-th largest of some numbers; -Infinity where there are not more than that. */
function largest(values: Float64Array, count: number): number {
  if (values.length <= count) return -Infinity;
  const top = new Float64Array(count).fill(-Infinity);
  for (const value of values) {
    if (value <= (top[0] ?? Infinity)) continue;
    let rank = 1;
    while (rank < count && (top[rank] ?? Infinity) < value) rank += 1;
    top.copyWithin(0, 1, rank);
    top[rank - 1] = value;
  }
  return top[0] ?? -Infinity;
}

/**
 * The directions of many vectors with a byte a number, in a quarter of their memory. Scores of them are wrong by no more
 * than a bound that is known for each, which leaves few vectors to be compared exactly.
 */
export class ByteVectors {
  readonly #kernel: ByteDots;
  readonly #dimension: number;
  readonly #rowBytes: number;
  readonly #queryAt: number;
  readonly #rowsAt: number;
  readonly #ids: Float64Array;
  readonly #scales: Float64Array;
  readonly #errors: Float64Array;
  readonly #capacity: number;
  /** The indices of the numbers that are kept apart, and these numbers of each vector of length 1. */
  readonly #indicesApart: readonly number[];
  readonly #apart: Float64Array;
  #count = 0;

  constructor(dimension: number, capacity: number, indicesApart: readonly number[] = []) {
    this.#dimension = dimension;
    this.#capacity = capacity;
    this.#indicesApart = indicesApart;
    this.#apart = new Float64Array((capacity + 1) * indicesApart.length);
    this.#rowBytes = Math.max(1, Math.ceil(dimension / groupBytes)) * groupBytes;
    this.#queryAt = Math.ceil((capacity * Int32Array.BYTES_PER_ELEMENT) / groupBytes) * groupBytes;
    this.#rowsAt = this.#queryAt + this.#rowBytes;
    this.#kernel = createByteDots(this.#rowsAt + capacity * this.#rowBytes);
    this.#ids = new Float64Array(capacity);
    this.#scales = new Float64Array(capacity);
    this.#errors = new Float64Array(capacity);
  }

  /** How many vectors there is still room for. */
  get room(): number {
    return this.#capacity - this.#count;
  }

  add({ id, vector }: IdVector): void {
    const { scale, error } = this.#write(this.#count, vector);
    this.#ids[this.#count] = id;
    this.#scales[this.#count] = scale;
    this.#errors[this.#count] = error;
    this.#count += 1;
  }

  /** Takes vectors out of all answers; their slots stay taken. */
  remove(ids: ReadonlySet<number>): void {
    for (let index = 0; index < this.#count; index += 1) {
      if (ids.has(this.#ids[index] ?? removed)) this.#ids[index] = removed;
    }
  }

  /** The ids of all that may be among the so many nearest by cosine, of those that are allowed. */
  candidates(query: Float32Array, count: number, isAllowed: (id: number) => boolean = () => true): number[] {
    const { scale, error, length } = this.#write(queryRow, query);
    this.#kernel.byteDots(this.#queryAt, this.#rowsAt, this.#count, this.#rowBytes, 0);
    const products = new Int32Array(this.#kernel.memory.buffer, 0, this.#count);
    const scoreOf = (index: number): number =>
      (products[index] ?? 0) * scale * (this.#scales[index] ?? 0) + this.#productApart(index);
    // By Cauchy and Schwarz: q v - q'v' = q (v - v') + (q - q') v', where v' is no longer than 1 and its error.
    const boundOf = (index: number): number => {
      const ofRow = this.#errors[index] ?? 0;
      return length * ofRow + error * (1 + ofRow) + roundingError;
    };
    const indices: number[] = [];
    for (let index = 0; index < this.#count; index += 1) {
      const id = this.#ids[index] ?? removed;
      if (id !== removed && isAllowed(id)) indices.push(index);
    }
    const least = Float64Array.from(indices, (index) => scoreOf(index) - boundOf(index));
    const threshold = largest(least, count);
    const found: number[] = [];
    for (const index of indices) {
      if (scoreOf(index) + boundOf(index) >= threshold) found.push(this.#ids[index] ?? 0);
    }
    return found;
  }

  #productApart(index: number): number {
    const width = this.#indicesApart.length;
    const ofQuery = this.#capacity * width;
    let sum = 0;
    for (let at = 0; at < width; at += 1) {
      sum += (this.#apart[ofQuery + at] ?? 0) * (this.#apart[index * width + at] ?? 0);
    }
    return sum;
  }

  #write(row: number, vector: Float32Array): Written {
    const offset = row === queryRow ? this.#queryAt : this.#rowsAt + row * this.#rowBytes;
    const apartAt = (row === queryRow ? this.#capacity : row) * this.#indicesApart.length;
    const bytes = new Int8Array(this.#kernel.memory.buffer, offset, this.#dimension);
    let squares = 0;
    for (const value of vector) squares += value * value;
    const length = Math.sqrt(squares);
    const direction = new Float64Array(this.#dimension);
    if (length > 0) for (let at = 0; at < vector.length; at += 1) direction[at] = (vector[at] ?? 0) / length;
    for (const [at, index] of this.#indicesApart.entries()) {
      this.#apart[apartAt + at] = direction[index] ?? 0;
      direction[index] = 0;
    }
    let largest = 0;
    for (const value of direction) largest = Math.max(largest, Math.abs(value));
    if (largest === 0) {
      bytes.fill(0);
      return { scale: 0, error: 0, length: 0 };
    }
    const scale = largest / largestByte;
    let wrong = 0;
    let sum = 0;
    for (let at = 0; at < direction.length; at += 1) {
      const value = direction[at] ?? 0;
      const byte = Math.round(value / scale);
      bytes[at] = byte;
      const lost = value - byte * scale;
      wrong += lost * lost;
      sum += value * value;
    }
    return { scale, error: Math.sqrt(wrong), length: Math.sqrt(sum) };
  }
}
