/** Thrown where a bitstream ends early or contradicts itself. */
export class BadBitstream extends Error {}

/** Bits from the lowest of each byte upwards, as lossless WebP stores them. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  bit(): number {
    const byte = this.#bytes[this.#at >> 3];
    if (byte === undefined) throw new BadBitstream('The bitstream ends early.');
    const bit = (byte >> (this.#at & 7)) & 1;
    this.#at += 1;
    return bit;
  }

  bits(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index += 1) value |= this.bit() << index;
    return value;
  }
}
