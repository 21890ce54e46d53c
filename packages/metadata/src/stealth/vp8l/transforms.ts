import type { Argb } from './decode-pixels.ts';

/** What an encoder did to the pixels, to be undone in the opposite order. */
export type Transform =
  | { readonly kind: 'predictor' | 'colour'; readonly bits: number; readonly data: Argb }
  | { readonly kind: 'green' }
  | { readonly kind: 'palette'; readonly bits: number; readonly data: Argb; readonly width: number };

/** Undoes one transform of rows of this width (that of the result). */
export function undoTransform(transform: Transform, pixels: Argb, width: number): Argb {
  switch (transform.kind) {
    case 'predictor':
      return undoPredictor(pixels, width, transform.bits, transform.data);
    case 'colour':
      return undoColour(pixels, width, transform.bits, transform.data);
    case 'green':
      return pixels.map((pixel) => {
        const green = (pixel >>> 8) & 0xff;
        const red = (((pixel >>> 16) & 0xff) + green) & 0xff;
        const blue = ((pixel & 0xff) + green) & 0xff;
        return ((pixel & 0xff00ff00) | (red << 16) | blue) >>> 0;
      });
    case 'palette':
      return undoPalette(pixels, width, transform.bits, transform.data);
    default:
      return transform satisfies never;
  }
}

/** Several small indexes share one pixel where the palette is small. */
function undoPalette(pixels: Argb, width: number, bits: number, palette: Argb): Argb {
  const packedWidth = Math.ceil(width / 2 ** bits);
  const rows = pixels.length / packedWidth;
  const indexBits = 8 >> bits;
  const result = new Uint32Array(width * rows);
  for (let at = 0; at < result.length; at += 1) {
    const x = at % width;
    const packed = pixels[Math.floor(at / width) * packedWidth + (x >> bits)] ?? 0;
    const shift = (x & ((1 << bits) - 1)) * indexBits;
    result[at] = palette[(packed >>> (8 + shift)) & ((1 << indexBits) - 1)] ?? 0;
  }
  return result;
}

function undoColour(pixels: Argb, width: number, bits: number, data: Argb): Argb {
  const columns = Math.ceil(width / 2 ** bits);
  return pixels.map((pixel, at) => {
    const element = data[(Math.floor(at / width) >> bits) * columns + ((at % width) >> bits)] ?? 0;
    const green = (pixel << 16) >> 24;
    const red = (((pixel >>> 16) & 0xff) + scaled(element << 24, green)) & 0xff;
    const blue =
      ((pixel & 0xff) + scaled(element << 16, green) + scaled(element << 8, (red << 24) >> 24)) & 0xff;
    return ((pixel & 0xff00ff00) | (red << 16) | blue) >>> 0;
  });
}

/** A factor in the highest byte, in fixed point with five bits, times a signed colour. */
function scaled(factor: number, colour: number): number {
  return ((factor >> 24) * colour) >> 5;
}

function undoPredictor(pixels: Argb, width: number, bits: number, data: Argb): Argb {
  const columns = Math.ceil(width / 2 ** bits);
  const result = new Uint32Array(pixels.length);
  for (let at = 0; at < result.length; at += 1) {
    const x = at % width;
    const y = Math.floor(at / width);
    const mode = ((data[(y >> bits) * columns + (x >> bits)] ?? 0) >>> 8) & 15;
    result[at] = added(pixels[at] ?? 0, predicted(result, at, x, y, width, mode));
  }
  return result;
}

function predicted(pixels: Argb, at: number, x: number, y: number, width: number, mode: number): number {
  if (at === 0) return 0xff000000;
  const left = pixels[at - 1] ?? 0;
  if (y === 0) return left;
  const top = pixels[at - width] ?? 0;
  if (x === 0) return top;
  // Right of the last column lies the first pixel of the same row.
  return (
    predictors[mode]?.(left, top, pixels[at - width - 1] ?? 0, pixels[at - width + 1] ?? 0) ?? 0xff000000
  );
}

type Predictor = (left: number, top: number, topLeft: number, topRight: number) => number;

const predictors: readonly Predictor[] = [
  () => 0xff000000,
  (left) => left,
  (_left, top) => top,
  (_left, _top, _topLeft, topRight) => topRight,
  (_left, _top, topLeft) => topLeft,
  (left, top, _topLeft, topRight) => average(average(left, topRight), top),
  (left, _top, topLeft) => average(left, topLeft),
  (left, top) => average(left, top),
  (_left, top, topLeft) => average(topLeft, top),
  (_left, top, _topLeft, topRight) => average(top, topRight),
  (left, top, topLeft, topRight) => average(average(left, topLeft), average(top, topRight)),
  select,
  (left, top, topLeft) =>
    perChannel((shift) => clamped(channel(left, shift) + channel(top, shift) - channel(topLeft, shift))),
  (left, top, topLeft) => {
    const middle = average(left, top);
    return perChannel((shift) => {
      const value = channel(middle, shift);
      return clamped(value + Math.trunc((value - channel(topLeft, shift)) / 2));
    });
  },
];

function channel(pixel: number, shift: number): number {
  return (pixel >>> shift) & 0xff;
}

function clamped(value: number): number {
  return Math.min(255, Math.max(0, value));
}

function perChannel(value: (shift: number) => number): number {
  return ((value(24) << 24) | (value(16) << 16) | (value(8) << 8) | value(0)) >>> 0;
}

function average(one: number, other: number): number {
  return ((((one ^ other) & 0xfefefefe) >>> 1) + (one & other)) >>> 0;
}

function added(one: number, other: number): number {
  const alphaAndGreen = ((one & 0xff00ff00) >>> 0) + ((other & 0xff00ff00) >>> 0);
  const redAndBlue = (one & 0x00ff00ff) + (other & 0x00ff00ff);
  return ((alphaAndGreen & 0xff00ff00) | (redAndBlue & 0x00ff00ff)) >>> 0;
}

/** Left or top, whichever is nearer to what both of them promise. */
function select(left: number, top: number, topLeft: number): number {
  let difference = 0;
  for (const shift of [0, 8, 16, 24]) {
    const corner = channel(topLeft, shift);
    difference += Math.abs(channel(top, shift) - corner) - Math.abs(channel(left, shift) - corner);
  }
  return difference < 0 ? left : top;
}
