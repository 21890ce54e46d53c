import type { FileSummary } from '../files/file-summary.ts';
import type { ImageList, ImagePage } from './image-list.ts';
import { IndexRanges, type IndexRange } from './index-ranges.ts';

/** How many images are searched at most, for example after a link into the middle of a large list. */
const MAX_SEARCHED = 10_000;

const IMAGES_PER_REQUEST = 1000;

const DAY = 24 * 3600;

/** The index of a file that has not been fetched yet: searches its day, or a list without days from the start. */
export async function findInList(
  list: ImageList,
  { fullpath, date }: FileSummary,
  signal: AbortSignal,
): Promise<number | undefined> {
  let left = MAX_SEARCHED;
  for (const [start, end] of likelyRanges(list.pages() ?? [], date)) {
    for (let index = start; index < end && left > 0; index += IMAGES_PER_REQUEST) {
      const range: IndexRange = [index, Math.min(end, index + IMAGES_PER_REQUEST)];
      const files = await list.filesAt(IndexRanges.of([range]), signal);
      signal.throwIfAborted();
      const offset = files.findIndex((file) => file.fullpath === fullpath);
      if (offset !== -1) return index + offset;
      left -= range[1] - index;
    }
  }
  return undefined;
}

/** Where a file of a time can be. The neighbouring days count too, as the server's time zone is unknown. */
export function likelyRanges(pages: readonly ImagePage[], seconds: number): IndexRange[] {
  const days = new Set(
    [0, -DAY, DAY].map((shift) => new Date((seconds + shift) * 1000).toISOString().slice(0, 10)),
  );
  const ranges: IndexRange[] = [];
  let start = 0;
  for (const { date, count } of pages) {
    if (date === null || days.has(date)) ranges.push([start, start + count]);
    start += count;
  }
  return [...IndexRanges.of(ranges).ranges];
}
