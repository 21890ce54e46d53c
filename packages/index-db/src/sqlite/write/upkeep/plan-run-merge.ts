import { roomOfRun, type Run } from '../../tables/search-runs.ts';

/** So many runs are merged at once: each slice looks at the first document of each. */
const mostAtOnce = 512;

const sizeOf = ({ firstDoc, lastDoc }: Readonly<Run>): number => lastDoc - firstDoc + 1;

/**
 * Which runs to merge into one, as log-structured merge trees do by size: what is left are runs of which each is larger
 * than all smaller ones together, so there are few, and each document is moved seldom. Thoroughly, until one
 * is left.
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
    if (position > 0 && (isThorough || size <= smaller)) count = position + 1;
    smaller += size;
  }
  return count === 0 ? undefined : bySize.slice(0, Math.min(count, mostAtOnce));
}
