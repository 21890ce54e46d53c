import type { ImagePage, ImageList } from './image-list.ts';
import { IndexRanges, type IndexRange } from './index-ranges.ts';

import type { FileSummary } from '../files/file-summary.ts';

/** Most images that are looked through, as when a link leads into the middle of a large list. */
const MOST = 10_000;

/** How many are asked for at once. */
const PART = 1000;

const DAY = 24 * 3600;

/** The place of a file of which nothing was fetched yet: its days first, then from the beginning, up to a limit. */
export async function findInList(
  list: ImageList,
  { fullpath, date }: FileSummary,
  signal: AbortSignal,
): Promise<number | undefined> {
  let left = MOST;
  for (const [start, end] of likelyRanges(list.blocks() ?? [], date)) {
    for (let at = start; at < end && left > 0; at += PART) {
      const range: IndexRange = [at, Math.min(end, at + PART)];
      const files = await list.filesAt(IndexRanges.of([range]), signal);
      signal.throwIfAborted();
      const found = files.findIndex((file) => file.fullpath === fullpath);
      if (found !== -1) return at + found;
      left -= range[1] - at;
    }
  }
  return undefined;
}

/** Where a file of a time may be: its day, which the server counts in its own time zone; without days, anywhere. */
export function likelyRanges(blocks: readonly ImagePage[], seconds: number): IndexRange[] {
  const days = new Set(
    [0, -DAY, DAY].map((shift) => new Date((seconds + shift) * 1000).toISOString().slice(0, 10)),
  );
  const ranges: IndexRange[] = [];
  let start = 0;
  for (const { date, count } of blocks) {
    if (date === null || days.has(date)) ranges.push([start, start + count]);
    start += count;
  }
  return [...IndexRanges.of(ranges).ranges];
}
