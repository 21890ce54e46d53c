const beyondLatin = /[^\0-\xff]/;

/**
 * Texts one after the other in one buffer: millions of them cost no more than their characters, and nothing to the
 * garbage collector. A text is found again by its start and length; both are kept by whoever adds it.
 */
export class TextStore {
  #bytes: Buffer<ArrayBuffer>;
  #used = 0;

  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
  }

  get capacity(): number {
    return this.#bytes.length;
  }

  /** What was added so far. */
  get bytes(): Buffer<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#used);
  }

  /** Puts start and length at this place of `places`. */
  add(text: string, places: Float64Array | Int32Array, at: number): void {
    const isWide = beyondLatin.test(text);
    const length = isWide ? 2 * text.length : text.length;
    this.#makeRoom(length);
    this.#bytes.write(text, this.#used, isWide ? 'utf16le' : 'latin1');
    places[at] = this.#used;
    // One byte a character where that is enough; a negative length says that it is two.
    places[at + 1] = isWide ? -length : length;
    this.#used += length;
  }

  #makeRoom(length: number): void {
    if (this.#bytes.length >= this.#used + length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#used + length));
    larger.set(this.bytes);
    this.#bytes = larger;
  }
}

/** A text that was added to a store, whose bytes these are. */
export function storedText(bytes: Buffer, start: number, length: number): string {
  return length < 0
    ? bytes.toString('utf16le', start, start - length)
    : bytes.toString('latin1', start, start + length);
}
