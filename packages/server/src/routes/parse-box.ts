import { HttpError } from '../http/http-error.ts';

/** Longest side of a thumbnail box in pixels. */
const MAX_BOX = 4096;

/** The box that `WIDTHxHEIGHT` names; throws `HttpError` 400. */
export function parseBox(size: string): { width: number; height: number } {
  const match = /^(\d{1,4})x(\d{1,4})$/i.exec(size);
  const width = Number(match?.[1]);
  const height = Number(match?.[2]);
  if (!(width >= 1 && width <= MAX_BOX && height >= 1 && height <= MAX_BOX)) {
    throw new HttpError(
      400,
      `size must be WIDTHxHEIGHT, each 1 to ${MAX_BOX}, not ${JSON.stringify(size.slice(0, 40))}`,
    );
  }
  return { width, height };
}
