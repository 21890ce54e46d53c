import type { Rational } from 'node-av/lib';

/** The value of a fraction; undefined for 0 and for none (0/0). */
export function ratio({ num, den }: Pick<Rational, 'num' | 'den'>): number | undefined {
  return num > 0 && den > 0 ? num / den : undefined;
}
