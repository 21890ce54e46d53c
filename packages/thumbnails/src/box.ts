/** The longest side of a thumbnail, in pixels. */
export const maxBoxSide = 4096;

/** The frame that a thumbnail is fitted into, in pixels. */
export interface Box {
  /** 1 to 4096. */
  readonly width: number;
  /** 1 to 4096. */
  readonly height: number;
}

export function checkBox({ width, height }: Box): Box {
  return { width: checkSide('width', width), height: checkSide('height', height) };
}

function checkSide(name: string, value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number of pixels`);
  if (!Number.isInteger(value) || value < 1 || value > maxBoxSide) {
    throw new RangeError(`${name} must be a whole number from 1 to ${maxBoxSide}, not ${value}`);
  }
  return value;
}
