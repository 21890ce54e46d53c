// Behind each token, in none of which it is.
const blank = 0x20;
// Tokens that were made to meet at one slot of the table cost no more looks than this; they are new each time.
const mostProbes = 32;

/** A set of tokens that are looked up as bytes, so that no string is made of each. */
export class ByteSet {
  /** Where each token begins in the bytes, plus one; 0 where there is none. As many as a power of two. */
  #slots = new Int32Array(1 << 11);
  // A buffer, as the tokens that are looked up are, so that the compiled code meets one form only.
  #bytes = Buffer.alloc(1 << 14);
  #used = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  clear(): void {
    if (this.#size === 0) return;
    this.#slots.fill(0);
    this.#used = 0;
    this.#size = 0;
  }

  /** Adds the token that lies here; whether it was new. */
  add(bytes: Buffer, start: number, end: number): boolean {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hash = hashOf(bytes, start, end);
    for (let look = 0; look < mostProbes; look += 1) {
      const slot = (hash + look) & mask;
      const known = slots[slot] ?? 0;
      if (known === 0) {
        this.#store(slot, bytes, start, end);
        return true;
      }
      if (this.#isAt(known - 1, bytes, start, end)) return false;
    }
    return true;
  }

  #isAt(offset: number, bytes: Buffer, start: number, end: number): boolean {
    const stored = this.#bytes;
    let at = offset;
    for (let from = start; from < end; from += 1) {
      if (stored[at] !== bytes[from]) return false;
      at += 1;
    }
    return stored[at] === blank;
  }

  #store(slot: number, bytes: Buffer, start: number, end: number): void {
    if (this.#bytes.length <= this.#used + end - start) this.#bytes = enlarged(this.#bytes, end - start + 1);
    const stored = this.#bytes;
    this.#slots[slot] = this.#used + 1;
    for (let from = start; from < end; from += 1) {
      stored[this.#used] = bytes[from] ?? 0;
      this.#used += 1;
    }
    stored[this.#used] = blank;
    this.#used += 1;
    this.#size += 1;
    if (2 * this.#size > this.#slots.length) this.#spread();
  }

  /** Puts all tokens into a table twice as large. */
  #spread(): void {
    const tokens = this.#bytes;
    const end = this.#used;
    this.#slots = new Int32Array(2 * this.#slots.length);
    this.#bytes = Buffer.alloc(tokens.length);
    this.#used = 0;
    this.#size = 0;
    for (let start = 0; start < end;) {
      const next = tokens.indexOf(blank, start);
      this.add(tokens, start, next);
      start = next + 1;
    }
  }
}

function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}

function enlarged(bytes: Buffer, by: number): Buffer<ArrayBuffer> {
  const larger = Buffer.alloc(2 * (bytes.length + by));
  larger.set(bytes);
  return larger;
}
