import { createDotKernel, reserve, type DotKernel } from './dot-kernel.ts';

const queriesPerPass = 4;
const groupFloats = 4;
const tileBytes = 262_144;
const floatBytes = Float32Array.BYTES_PER_ELEMENT;

/** How many vectors {@link RowMatrix.dots} takes at once. */
export const blockSize = 64;

/**
 * Rows of numbers held where the kernel reads them. Results go to the start of the memory, then come the queries, then
 * the rows, so that more rows only ever lengthen it.
 */
export class RowMatrix {
  readonly #kernel: DotKernel = createDotKernel();
  readonly #dimension: number;
  readonly #rowBytes: number;
  readonly #queriesAt: number;
  readonly #rowsAt: number;
  readonly #capacity: number;
  #count = 0;

  /** `capacity` is the most rows it will ever hold; memory is taken as they come. */
  constructor(dimension: number, capacity: number) {
    this.#dimension = dimension;
    this.#rowBytes = Math.ceil(dimension / groupFloats) * groupFloats * floatBytes;
    this.#capacity = capacity;
    this.#queriesAt = Math.ceil((blockSize * capacity * floatBytes) / 16) * 16;
    this.#rowsAt = this.#queriesAt + blockSize * this.#rowBytes;
    reserve(this.#kernel.memory, this.#rowsAt);
  }

  get count(): number {
    return this.#count;
  }

  /** Writes a row; one past the last adds it. */
  set(index: number, row: Float32Array): void {
    if (index > this.#count || index >= this.#capacity)
      throw new RangeError(`no row ${index} of ${this.#count}`);
    if (index === this.#count) {
      this.#count++;
      reserve(this.#kernel.memory, this.#rowsAt + this.#count * this.#rowBytes);
    }
    this.#write(this.#rowsAt + index * this.#rowBytes, row);
  }

  /** A copy of a row. */
  row(index: number): Float32Array {
    return new Float32Array(
      this.#kernel.memory.buffer,
      this.#rowsAt + index * this.#rowBytes,
      this.#dimension,
    ).slice();
  }

  /** Forgets the rows from that index on. */
  truncate(count: number): void {
    this.#count = Math.min(this.#count, count);
  }

  /**
   * The dot products of up to 64 vectors with the rows from `first` on: those of vector `v` begin at
   * `v * (count - first)`. A view that the next call overwrites.
   */
  dots(vectors: readonly Float32Array[], first = 0): Float32Array {
    if (vectors.length > blockSize) throw new RangeError(`at most ${blockSize} vectors at once`);
    for (const [index, vector] of vectors.entries()) {
      this.#write(this.#queriesAt + index * this.#rowBytes, vector);
    }
    const rows = this.#count - first;
    const stride = rows * floatBytes;
    // Tiles of rows stay in the processor's cache while all the vectors meet them.
    const tile = Math.max(1, Math.floor(tileBytes / this.#rowBytes));
    for (let row = 0; row < rows; row += tile) {
      for (let query = 0; query < vectors.length; query += queriesPerPass) {
        this.#kernel.dots4(
          this.#queriesAt + query * this.#rowBytes,
          this.#rowsAt + (first + row) * this.#rowBytes,
          Math.min(tile, rows - row),
          this.#rowBytes,
          query * stride + row * floatBytes,
          stride,
        );
      }
    }
    return new Float32Array(this.#kernel.memory.buffer, 0, vectors.length * rows);
  }

  #write(offset: number, row: Float32Array): void {
    new Float32Array(this.#kernel.memory.buffer, offset, this.#dimension).set(row);
  }
}
