import { type ByteDots, createByteDots } from './byte-dots.ts';

const groupBytes = 16;
const largestByte = 127;
// Of the sums of floats, which the bounds do not count.
const roundingError = 1e-5;

export interface IdVector {
  readonly id: number;
  readonly vector: Float32Array;
}

interface Written {
  /** What a step of the bytes is worth. */
  readonly scale: number;
  /** How far the bytes are from the vector of length 1, as a length. */
  readonly error: number;
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
  #count = 0;

  constructor(dimension: number, capacity: number) {
    this.#dimension = dimension;
    this.#rowBytes = Math.max(1, Math.ceil(dimension / groupBytes)) * groupBytes;
    this.#queryAt = Math.ceil((capacity * Int32Array.BYTES_PER_ELEMENT) / groupBytes) * groupBytes;
    this.#rowsAt = this.#queryAt + this.#rowBytes;
    this.#kernel = createByteDots(this.#rowsAt + capacity * this.#rowBytes);
    this.#ids = new Float64Array(capacity);
    this.#scales = new Float64Array(capacity);
    this.#errors = new Float64Array(capacity);
  }

  add({ id, vector }: IdVector): void {
    const { scale, error } = this.#write(this.#rowsAt + this.#count * this.#rowBytes, vector);
    this.#ids[this.#count] = id;
    this.#scales[this.#count] = scale;
    this.#errors[this.#count] = error;
    this.#count += 1;
  }

  /** The ids of all that may be among the so many nearest by cosine. */
  candidates(query: Float32Array, count: number): number[] {
    const { scale, error } = this.#write(this.#queryAt, query);
    this.#kernel.byteDots(this.#queryAt, this.#rowsAt, this.#count, this.#rowBytes, 0);
    const products = new Int32Array(this.#kernel.memory.buffer, 0, this.#count);
    const scoreOf = (index: number): number => (products[index] ?? 0) * scale * (this.#scales[index] ?? 0);
    // By Cauchy and Schwarz: both directions have the length 1.
    const boundOf = (index: number): number => {
      const ofRow = this.#errors[index] ?? 0;
      return ofRow + error * (1 + ofRow) + roundingError;
    };
    const least = new Float64Array(this.#count);
    for (let index = 0; index < this.#count; index += 1) least[index] = scoreOf(index) - boundOf(index);
    const threshold = this.#count <= count ? -Infinity : (least.toSorted()[this.#count - count] ?? -Infinity);
    const found: number[] = [];
    for (let index = 0; index < this.#count; index += 1) {
      if (scoreOf(index) + boundOf(index) >= threshold) found.push(this.#ids[index] ?? 0);
    }
    return found;
  }

  #write(offset: number, vector: Float32Array): Written {
    let squares = 0;
    let largest = 0;
    for (const value of vector) {
      squares += value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    const bytes = new Int8Array(this.#kernel.memory.buffer, offset, this.#dimension);
    const length = Math.sqrt(squares);
    if (length === 0) {
      bytes.fill(0);
      return { scale: 0, error: 0 };
    }
    const scale = largest / length / largestByte;
    let wrong = 0;
    for (const [at, value] of vector.entries()) {
      const direction = value / length;
      const byte = Math.round(direction / scale);
      bytes[at] = byte;
      wrong += (direction - byte * scale) ** 2;
    }
    return { scale, error: Math.sqrt(wrong) };
  }
}
