import type { Stats } from 'node:fs';

/** When a file was created, where the system records it, else when it was changed; Unix milliseconds. */
export function createdMs({ birthtimeMs, ctimeMs }: Pick<Stats, 'birthtimeMs' | 'ctimeMs'>): number {
  return birthtimeMs > 0 ? birthtimeMs : ctimeMs;
}
