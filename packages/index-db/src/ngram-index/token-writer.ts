import { firstByte, secondByte } from './encode-ngram.ts';

const blank = 0x20;

/**
 * Tokens one after the other in UTF-8, as a row of the full-text table is given them. Making strings of hundreds of
 * them for each text, and one of all, which is encoded again on its way into SQLite, costs three times as much.
 */
export class TokenWriter {
  #bytes = Buffer.allocUnsafeSlow(1 << 14);
  #end = 0;

  /** Adds the trigram of three ASCII characters. */
  addTrigram(a: number, b: number, c: number): void {
    if (this.#end + 8 > this.#bytes.length) this.#grow(8);
    let end = this.#addCode(a, this.#end);
    end = this.#addCode(b, end);
    end = this.#addCode(c, end);
    this.#bytes[end] = blank;
    this.#end = end + 1;
  }

  /** Adds the unigram of one ASCII character. */
  addCharacter(code: number): void {
    if (this.#end + 3 > this.#bytes.length) this.#grow(3);
    const end = this.#addCode(code, this.#end);
    this.#bytes[end] = blank;
    this.#end = end + 1;
  }

  /** Adds a token whose bytes these are. */
  addBytes(bytes: Uint8Array, from: number, to: number): void {
    const most = to - from + 1;
    if (this.#end + most > this.#bytes.length) this.#grow(most);
    const target = this.#bytes;
    let end = this.#end;
    // Tokens are so short that a call for each would cost more.
    for (let at = from; at < to; at += 1) {
      target[end] = bytes[at] ?? 0;
      end += 1;
    }
    target[end] = blank;
    this.#end = end + 1;
  }

  /** Bytes that were added since the last time. */
  get length(): number {
    return this.#end;
  }

  /** What was added since the last time. It is overwritten by what is added next. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#end);
    this.#end = 0;
    return taken;
  }

  #addCode(code: number, end: number): number {
    this.#bytes[end] = firstByte[code] ?? 0;
    const second = secondByte[code] ?? 0;
    if (second === 0) return end + 1;
    this.#bytes[end + 1] = second;
    return end + 2;
  }

  #grow(by: number): void {
    const larger = Buffer.allocUnsafeSlow(2 * (this.#bytes.length + by));
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}

/** The tokens of a row, each as often as it is there. */
export function readTokens(row: Buffer): string[] {
  return row.toString('utf8').split(' ').slice(0, -1);
}
