import type { BitReader } from './bit-reader.ts';
import { BadBitstream } from './bit-reader.ts';
import { PrefixCode } from './prefix-code.ts';

/** Pixels as 0xAARRGGBB. */
export type Argb = Uint32Array;

/**
 * The neighbours that short distance codes stand for, as row (high digit) and eight less column
 * (low digit), in the order of the codes (WebP lossless specification, section 5.2.2).
 */
const neighbours =
  '180717192806272916' +
  '1a262a38053739151b363a252b48044749141c353b464a242c58454b343c035759131d565a232d444c' +
  '555b333d68026769121e666a222e545c434d656b323e78017779535d111f646c424e767a212f757b31' +
  '3f636d525e00747c414f1020626e30737d515f40727e616f50717f6070';

type Codes = readonly [
  green: PrefixCode,
  red: PrefixCode,
  blue: PrefixCode,
  alpha: PrefixCode,
  distance: PrefixCode,
];

/**
 * The entropy-coded pixels of an image or of a part of the stream that is coded like one. Only the
 * main image (`isMain`) may have several groups of codes; `rows` may stop before its end.
 */
export function decodePixels(
  reader: BitReader,
  width: number,
  height: number,
  isMain: boolean,
  rows = height,
): Argb {
  const cacheBits = reader.bit() === 1 ? reader.bits(4) : 0;
  if (cacheBits > 11) throw new BadBitstream('The colour cache is too large.');
  const groups = readGroups(reader, width, height, isMain, cacheBits);
  const pixels = new Uint32Array(width * rows);
  const cache = new Uint32Array(cacheBits === 0 ? 0 : 1 << cacheBits);
  const remember = (pixel: number) => {
    if (cacheBits > 0) cache[Math.imul(pixel, 0x1e35a7bd) >>> (32 - cacheBits)] = pixel;
  };
  for (let at = 0; at < pixels.length;) {
    const codes = groups(at % width, Math.floor(at / width));
    const symbol = codes[0].next(reader);
    if (symbol < 256) {
      const red = codes[1].next(reader);
      const blue = codes[2].next(reader);
      const alpha = codes[3].next(reader);
      const pixel = ((alpha << 24) | (red << 16) | (symbol << 8) | blue) >>> 0;
      remember(pixel);
      pixels[at] = pixel;
      at += 1;
    } else if (symbol < 280) {
      const length = prefixed(reader, symbol - 256);
      const distance = planeDistance(prefixed(reader, codes[4].next(reader)), width);
      if (distance > at) throw new BadBitstream('A copy begins before the image.');
      const end = Math.min(pixels.length, at + length);
      for (; at < end; at += 1) {
        const pixel = pixels[at - distance] ?? 0;
        remember(pixel);
        pixels[at] = pixel;
      }
    } else {
      const pixel = cache[symbol - 280];
      if (pixel === undefined) throw new BadBitstream('A colour lies outside the cache.');
      // A colour of the cache stays where it is in the cache.
      pixels[at] = pixel;
      at += 1;
    }
  }
  return pixels;
}

/** Which codes hold at a place: the same everywhere, or chosen by a small image. */
function readGroups(
  reader: BitReader,
  width: number,
  height: number,
  isMain: boolean,
  cacheBits: number,
): (x: number, y: number) => Codes {
  const hasGroups = isMain && reader.bit() === 1;
  if (!hasGroups) {
    const codes = readCodes(reader, cacheBits);
    return () => codes;
  }
  const bits = reader.bits(3) + 2;
  const columns = Math.ceil(width / 2 ** bits);
  const image = decodePixels(reader, columns, Math.ceil(height / 2 ** bits), false);
  const indexes = image.map((pixel) => (pixel >>> 8) & 0xffff);
  const count = indexes.reduce((most, index) => Math.max(most, index), 0) + 1;
  const groups = Array.from({ length: count }, () => readCodes(reader, cacheBits));
  return (x, y) => {
    const codes = groups[indexes[(y >> bits) * columns + (x >> bits)] ?? 0];
    if (codes === undefined) throw new BadBitstream('A group of codes is missing.');
    return codes;
  };
}

function readCodes(reader: BitReader, cacheBits: number): Codes {
  const green = PrefixCode.read(reader, 256 + 24 + (cacheBits === 0 ? 0 : 1 << cacheBits));
  const red = PrefixCode.read(reader, 256);
  const blue = PrefixCode.read(reader, 256);
  const alpha = PrefixCode.read(reader, 256);
  return [green, red, blue, alpha, PrefixCode.read(reader, 40)];
}

/** Lengths and distances: a prefix says how many bits follow. */
function prefixed(reader: BitReader, prefix: number): number {
  if (prefix < 4) return prefix + 1;
  const extra = (prefix - 2) >> 1;
  return ((2 + (prefix & 1)) << extra) + reader.bits(extra) + 1;
}

function planeDistance(code: number, width: number): number {
  if (code > 120) return code - 120;
  const place = Number.parseInt(neighbours.slice(code * 2 - 2, code * 2), 16);
  return Math.max(1, (place >> 4) * width + 8 - (place & 15));
}
