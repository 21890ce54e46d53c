import type { JsonValue } from '../../json/json-value.ts';

export interface PixelSize {
  readonly width?: number;
  readonly height?: number;
}

/** Two numbers in one text: `832x1216`, `832 x 1216`, `832 × 1216`, `(832, 1216)`. */
export function pixelSize(value: JsonValue | undefined): PixelSize {
  const match = typeof value === 'string' ? /(\d{1,6})\s*(?:[x×*,])\s*(\d{1,6})/i.exec(value) : null;
  return match === null ? {} : { width: Number(match[1]), height: Number(match[2]) };
}
