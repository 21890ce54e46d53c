import { BadBitstream, type BitReader } from './bit-reader.ts';

const maximumLength = 15;
const lengthOrder = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/** A canonical prefix code (WebP lossless specification, section 6.2). */
export class PrefixCode {
  readonly #counts = new Uint16Array(maximumLength + 1);
  readonly #symbols: Uint16Array;
  /** The only symbol of a code that needs no bits. */
  readonly #only: number | undefined;

  constructor(lengths: Uint8Array) {
    for (const length of lengths) if (length > 0) this.#count(length);
    const starts = new Uint16Array(maximumLength + 2);
    for (let length = 1; length <= maximumLength; length += 1) {
      starts[length + 1] = (starts[length] ?? 0) + (this.#counts[length] ?? 0);
    }
    const used = starts[maximumLength + 1] ?? 0;
    this.#symbols = new Uint16Array(used);
    lengths.forEach((length, symbol) => {
      if (length === 0) return;
      const place = starts[length] ?? 0;
      this.#symbols[place] = symbol;
      starts[length] = place + 1;
    });
    this.#only = used === 1 ? this.#symbols[0] : undefined;
  }

  static read(reader: BitReader, alphabet: number): PrefixCode {
    return new PrefixCode(reader.bit() === 1 ? readSimple(reader, alphabet) : readNormal(reader, alphabet));
  }

  next(reader: BitReader): number {
    if (this.#only !== undefined) return this.#only;
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= maximumLength; length += 1) {
      code |= reader.bit();
      const count = this.#counts[length] ?? 0;
      if (code - first < count) return this.#symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new BadBitstream('A code has no symbol.');
  }

  #count(length: number): void {
    this.#counts[length] = (this.#counts[length] ?? 0) + 1;
  }
}

/** One or two symbols, spelt out. */
function readSimple(reader: BitReader, alphabet: number): Uint8Array {
  const lengths = new Uint8Array(Math.max(alphabet, 256));
  const hasTwo = reader.bit() === 1;
  const first = reader.bits(reader.bit() === 1 ? 8 : 1);
  lengths[first] = 1;
  if (hasTwo) lengths[reader.bits(8)] = 1;
  return lengths;
}

/** Lengths of codes, themselves coded, with runs. */
function readNormal(reader: BitReader, alphabet: number): Uint8Array {
  const lengthLengths = new Uint8Array(lengthOrder.length);
  const count = 4 + reader.bits(4);
  for (const symbol of lengthOrder.slice(0, count)) lengthLengths[symbol] = reader.bits(3);
  const code = new PrefixCode(lengthLengths);
  const hasLimit = reader.bit() === 1;
  let left = hasLimit ? 2 + reader.bits(2 + 2 * reader.bits(3)) : alphabet;
  const lengths = new Uint8Array(alphabet);
  let previous = 8;
  for (let symbol = 0; symbol < alphabet && left > 0; left -= 1) {
    const next = code.next(reader);
    if (next < 16) {
      lengths[symbol] = next;
      if (next !== 0) previous = next;
      symbol += 1;
      continue;
    }
    const run = next === 16 ? 3 + reader.bits(2) : next === 17 ? 3 + reader.bits(3) : 11 + reader.bits(7);
    lengths.fill(next === 16 ? previous : 0, symbol, symbol + run);
    symbol += run;
  }
  return lengths;
}
