import type { Sharp } from 'sharp';

import type { Box } from '../../box.ts';
import { sharp } from '../sharp.ts';

/** How a stored frame becomes upright: first mirrored top to bottom, then turned clockwise. */
export interface Orientation {
  readonly mirrored: boolean;
  readonly turn: 0 | 90 | 180 | 270;
}

export const asStored: Orientation = { mirrored: false, turn: 0 };

/** Reads the display matrix of ISO/IEC 14496-12: nine 32-bit numbers, of which a, b, c, d turn the frame. */
export function readDisplayMatrix(matrix: Buffer | null): Orientation {
  if (!matrix || matrix.length < 36) return asStored;
  const [a, b, c, d] = [0, 4, 12, 16].map((at) => matrix.readInt32LE(at));
  if (a === undefined || b === undefined || c === undefined || d === undefined) return asStored;
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  return { mirrored: a * d - b * c < 0, turn: quarterTurn(degrees) };
}

/** The next quarter turn, clockwise. */
export function quarterTurn(degrees: number): Orientation['turn'] {
  const quarters = ((Math.round(degrees / 90) % 4) + 4) % 4;
  return ([0, 90, 180, 270] as const)[quarters] ?? 0;
}

/** The size with square pixels, as stored: a pixel is `aspect` times as wide as it is high. */
export function squareSize(width: number, height: number, aspect: number): Box {
  const usable = Number.isFinite(aspect) && aspect > 0.01 && aspect < 100 ? aspect : 1;
  return { width: Math.max(1, Math.round(width * usable)), height };
}

export function turned({ width, height }: Box, { turn }: Orientation): Box {
  return turn === 90 || turn === 270 ? { width: height, height: width } : { width, height };
}

/** The largest size of the same shape that lies inside `box`, not larger than `size`. */
export function fitInside(size: Box, box: Box | undefined): Box {
  if (!box) return size;
  const scale = Math.min(1, box.width / size.width, box.height / size.height);
  const scaled = (side: number): number => Math.max(1, Math.round(side * scale));
  return { width: scaled(size.width), height: scaled(size.height) };
}

/** Turns raw pixels, RGB or RGBA, upright. */
export async function upright(
  pixels: Buffer,
  { width, height }: Box,
  { mirrored, turn }: Orientation,
): Promise<Sharp> {
  const channels = pixels.length === width * height * 4 ? 4 : 3;
  const stored = sharp(pixels, { raw: { width, height, channels } });
  if (!mirrored && turn === 0) return stored;
  // sharp mirrors before it turns; in one pipeline with a resize the order would be another.
  const { data, info } = await stored.flip(mirrored).rotate(turn).raw().toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: { width: info.width, height: info.height, channels } });
}
