import { limits } from './limits.ts';
import type { Reading } from './reading.ts';

/** Ranges of one file, through a window so that neighbouring fields cost one read. */
export class ByteReader {
  readonly size: number;
  #window: Uint8Array = new Uint8Array(0);
  #start = 0;

  constructor(size: number) {
    this.size = size;
  }

  /** The bytes of a range, cut short at the end of the file. */
  *read(position: number, length: number): Reading<Uint8Array> {
    const available = Math.max(0, Math.min(length, this.size - position));
    if (available === 0) return new Uint8Array(0);
    const held = this.held(position, available);
    if (held !== undefined) return held;
    const least = position === 0 ? limits.headBytes : limits.readBytes;
    const wanted = Math.min(Math.max(available, least), this.size - position);
    this.#window = yield { position, length: wanted };
    this.#start = position;
    return this.#window.subarray(0, available);
  }

  /** A range that lies in the window, for walks over many small fields: what `read` costs beside it is not the reading. */
  held(position: number, length: number): Uint8Array | undefined {
    const from = position - this.#start;
    const isHeld = from >= 0 && from + length <= this.#window.length;
    return isHeld ? this.#window.subarray(from, from + length) : undefined;
  }
}
