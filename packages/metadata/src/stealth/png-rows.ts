import { Unzlib } from 'fflate';

/**
 * The rows of an 8-bit RGB or RGBA picture, out of its pixel chunks as they come. Rows go by one
 * at a time, so that a look at the first of them costs no more than those.
 */
export class PngRows {
  readonly #rowLength: number;
  readonly #channels: number;
  readonly #onRow: (row: Uint8Array, filter: number) => void;
  readonly #inflater: Unzlib;
  #previous: Uint8Array;
  #current: Uint8Array;
  #filled = 0;
  #inflated = 0;

  constructor(width: number, channels: 3 | 4, onRow: (row: Uint8Array, filter: number) => void) {
    this.#rowLength = 1 + width * channels;
    this.#channels = channels;
    this.#onRow = onRow;
    this.#previous = new Uint8Array(this.#rowLength);
    this.#current = new Uint8Array(this.#rowLength);
    this.#inflater = new Unzlib((bytes) => this.#collect(bytes));
  }

  /** Bytes of pixels that came so far. */
  get inflatedBytes(): number {
    return this.#inflated;
  }

  /** Throws where the compressed data is damaged. */
  push(compressed: Uint8Array): void {
    this.#inflater.push(compressed);
  }

  #collect(bytes: Uint8Array): void {
    this.#inflated += bytes.length;
    for (let at = 0; at < bytes.length;) {
      const taken = Math.min(bytes.length - at, this.#rowLength - this.#filled);
      this.#current.set(bytes.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === this.#rowLength) this.#finishRow();
    }
  }

  #finishRow(): void {
    unfilter(this.#current, this.#previous, this.#channels);
    this.#onRow(this.#current.subarray(1), this.#current[0] ?? 0);
    [this.#previous, this.#current] = [this.#current, this.#previous];
    this.#filled = 0;
  }
}

/** Undoes the filter that the first byte of a row names (PNG specification, section 9). */
function unfilter(row: Uint8Array, above: Uint8Array, step: number): void {
  const filter = row[0];
  if (filter === 0) return;
  for (let at = 1; at < row.length; at += 1) {
    const left = at > step ? (row[at - step] ?? 0) : 0;
    const up = above[at] ?? 0;
    const value = row[at] ?? 0;
    if (filter === 1) row[at] = value + left;
    else if (filter === 2) row[at] = value + up;
    else if (filter === 3) row[at] = value + ((left + up) >> 1);
    else if (filter === 4) row[at] = value + paeth(left, up, at > step ? (above[at - step] ?? 0) : 0);
  }
}

/** A row with its filter, the other way round: the bytes that `unfilter` makes this row of. */
export function filterRow(filter: number, row: Uint8Array, above: Uint8Array, step: number): Uint8Array {
  const filtered = new Uint8Array(1 + row.length);
  filtered[0] = filter;
  for (let at = 0; at < row.length; at += 1) {
    const left = at >= step ? (row[at - step] ?? 0) : 0;
    const up = above[at] ?? 0;
    const corner = at >= step ? (above[at - step] ?? 0) : 0;
    const estimates = [0, left, up, (left + up) >> 1, paeth(left, up, corner)];
    filtered[at + 1] = (row[at] ?? 0) - (estimates[filter] ?? 0);
  }
  return filtered;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [byLeft, byUp, byCorner] = [
    Math.abs(estimate - left),
    Math.abs(estimate - up),
    Math.abs(estimate - corner),
  ];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}
