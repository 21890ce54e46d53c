import { Confinement } from '@iib-kit/files';
import type { FileReadOptions } from '../read-options.ts';

// A scan gives the same folders with each of its files.
const known = new WeakMap<readonly string[], Confinement>();

export function confinementOf({ within }: Pick<FileReadOptions, 'within'>): Confinement | undefined {
  if (within === undefined) return undefined;
  const found = known.get(within) ?? new Confinement(within);
  known.set(within, found);
  return found;
}
