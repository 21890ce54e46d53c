import { firstByte, secondByte } from './encode-ngram.ts';

/** A text as its n-grams are spelled: each is a range of the bytes. */
export interface EncodedCharacters {
  readonly bytes: Buffer;
  /** The code point of each character. */
  readonly codes: Int32Array;
  /** Where each character begins, and where the last one ends. */
  readonly starts: Int32Array;
  readonly count: number;
}

const mostBytesPerUnit = 3;
const maximumUnit = 0xffff;
const replacement = 0xfffd;

/** Spells texts, in memory that is used again for each. */
export class CharacterEncoder {
  #bytes = Buffer.alloc(1 << 13);
  #codes = new Int32Array(1 << 12);
  #starts = new Int32Array(1 << 12);

  /** Spells a folded text as tokens are: characters, not UTF-16 units. Overwritten by the next call. */
  encode(folded: string): EncodedCharacters {
    this.#makeRoom(folded.length);
    const bytes = this.#bytes;
    const codes = this.#codes;
    const starts = this.#starts;
    let end = 0;
    let count = 0;
    for (let at = 0; at < folded.length; at += 1) {
      const code = folded.codePointAt(at) ?? 0;
      if (code > maximumUnit) at += 1;
      codes[count] = code;
      starts[count] = end;
      count += 1;
      end = code < 0x80 ? writeAscii(bytes, code, end) : writeNonAscii(bytes, code, end);
    }
    starts[count] = end;
    return { bytes, codes, starts, count };
  }

  #makeRoom(length: number): void {
    if (this.#starts.length > length) return;
    this.#bytes = Buffer.alloc(2 * mostBytesPerUnit * length);
    this.#codes = new Int32Array(2 * length);
    this.#starts = new Int32Array(2 * length);
  }
}

function writeAscii(bytes: Buffer, code: number, end: number): number {
  bytes[end] = firstByte[code] ?? 0;
  const second = secondByte[code] ?? 0;
  if (second === 0) return end + 1;
  bytes[end + 1] = second;
  return end + 2;
}

/** UTF-8, in which half of a pair of units has no form of its own. */
function writeNonAscii(bytes: Buffer, code: number, start: number): number {
  const written = code >= 0xd800 && code <= 0xdfff ? replacement : code;
  const following = written < 0x800 ? 1 : written <= maximumUnit ? 2 : 3;
  bytes[start] = ((0xff00 >> (following + 1)) & 0xff) | (written >> (6 * following));
  for (let left = following - 1, at = start + 1; left >= 0; left -= 1, at += 1) {
    bytes[at] = 0x80 | ((written >> (6 * left)) & 0x3f);
  }
  return start + following + 1;
}
