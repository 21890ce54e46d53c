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
    if (!this.#holds(position, available)) {
      const least = position === 0 ? limits.headBytes : limits.readBytes;
      const wanted = Math.min(Math.max(available, least), this.size - position);
      this.#window = yield { position, length: wanted };
      this.#start = position;
    }
    const from = position - this.#start;
    return this.#window.subarray(from, from + available);
  }

  #holds(position: number, length: number): boolean {
    const from = position - this.#start;
    return from >= 0 && from + length <= this.#window.length;
  }
}
