import { roomOfRun, type Run } from '../../tables/search-runs.ts';

/** So many runs are merged at once: each slice sorts them. */
const mostAtOnce = 8192;

/** A run is merged with smaller ones that have more documents by so much: to move it costs as much as to move those. */
const worthMoving = 0.75;

export const sizeOf = ({ firstDoc, lastDoc }: Readonly<Run>): number => lastDoc - firstDoc + 1;

/**
 * Which runs to merge into one, as log-structured merge trees do by size: what is left are runs of which each is about
 * as large as all smaller ones together or larger, so there are few, and each document is moved seldom. Thoroughly, until
 * one is left.
 */
export function planRunMerge(
  runs: readonly Readonly<Run>[],
  isThorough: boolean,
): readonly Readonly<Run>[] | undefined {
  const bySize = runs.toSorted((a, b) => sizeOf(a) - sizeOf(b));
  let count = 0;
  let smaller = 0;
  for (const [position, run] of bySize.entries()) {
    const size = sizeOf(run);
    if (smaller + size >= roomOfRun) break;
    if (position > 0 && (isThorough || size <= smaller * worthMoving)) count = position + 1;
    smaller += size;
  }
  return count === 0 ? undefined : bySize.slice(0, Math.min(count, mostAtOnce));
}
