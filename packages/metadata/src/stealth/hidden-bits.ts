import { uint32Big } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import { asciiAt } from '../text/decode-text.ts';

/** Where the lowest bits are taken from: the alpha of every pixel, or its red, green and blue. */
export type StealthChannel = 'alpha' | 'rgb';

export interface HiddenPayload {
  readonly magic: string;
  readonly bytes: Uint8Array;
  readonly isGzip: boolean;
}

const magics: Readonly<Record<string, { channel: StealthChannel; gzip: boolean }>> = {
  stealth_pnginfo: { channel: 'alpha', gzip: false },
  stealth_pngcomp: { channel: 'alpha', gzip: true },
  stealth_rgbinfo: { channel: 'rgb', gzip: false },
  stealth_rgbcomp: { channel: 'rgb', gzip: true },
};
const magicBytes = 15;

/** Bytes in the lowest bits of a picture, read column by column from the top. */
export class HiddenBits {
  readonly width: number;
  readonly height: number;
  readonly channel: StealthChannel;
  /** One byte a pixel: the lowest bits of its channels. */
  #pixels: Uint8Array;

  constructor(width: number, height: number, channel: StealthChannel) {
    this.width = width;
    this.height = height;
    this.channel = channel;
    this.#pixels = new Uint8Array(width * HiddenBits.rowsOfMagic(height, channel));
  }

  /** Rows needed for the magic: all of a low picture, the first of a tall one. */
  static rowsOfMagic(height: number, channel: StealthChannel): number {
    return Math.min(height, Math.ceil((magicBytes * 8) / bitsPerPixel(channel)));
  }

  setRow(y: number, row: Uint8Array, channels: number): void {
    if ((y + 1) * this.width > this.#pixels.length) this.#makeRoom();
    const isAlpha = this.channel === 'alpha';
    for (let x = 0; x < this.width; x += 1) {
      const at = x * channels;
      this.#pixels[y * this.width + x] = isAlpha
        ? (row[at + 3] ?? 0) & 1
        : (((row[at] ?? 0) & 1) << 2) | (((row[at + 1] ?? 0) & 1) << 1) | ((row[at + 2] ?? 0) & 1);
    }
  }

  hasMagic(): boolean {
    return magics[asciiAt(this.#bytes(0, magicBytes), 0, magicBytes)]?.channel === this.channel;
  }

  /** What lies behind the magic, its length in bits before it; undefined where that length is beyond the picture. */
  payload(): HiddenPayload | undefined {
    const magic = asciiAt(this.#bytes(0, magicBytes), 0, magicBytes);
    const length = uint32Big(this.#bytes(magicBytes, 4), 0) / 8;
    const room = (this.width * this.height * bitsPerPixel(this.channel)) / 8 - magicBytes - 4;
    if (length > room || length > limits.valueBytes) return undefined;
    const bytes = this.#bytes(magicBytes + 4, Math.floor(length));
    return { magic, bytes, isGzip: magics[magic]?.gzip === true };
  }

  /** Room for the whole picture, which only one that has the mark needs. */
  #makeRoom(): void {
    const pixels = new Uint8Array(this.width * this.height);
    pixels.set(this.#pixels);
    this.#pixels = pixels;
  }

  #bytes(start: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length * 8; index += 1) {
      bytes[index >> 3] = ((bytes[index >> 3] ?? 0) << 1) | this.#bit(start * 8 + index);
    }
    return bytes;
  }

  #bit(index: number): number {
    const bits = bitsPerPixel(this.channel);
    const pixel = Math.floor(index / bits);
    const x = Math.floor(pixel / this.height);
    const value = this.#pixels[(pixel % this.height) * this.width + x] ?? 0;
    return (value >> (bits - 1 - (index % bits))) & 1;
  }
}

function bitsPerPixel(channel: StealthChannel): number {
  return channel === 'alpha' ? 1 : 3;
}
