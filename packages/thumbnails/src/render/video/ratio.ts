import type { LibavRational } from './libav.ts';

/** The value of a fraction; undefined for 0 and for none (0/0). */
export function ratio({ num, den }: LibavRational): number | undefined {
  return num > 0 && den > 0 ? num / den : undefined;
}
