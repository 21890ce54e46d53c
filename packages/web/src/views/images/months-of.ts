import type { ImagePage } from '../../library/lists/image-list.ts';

export interface Month {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly count: number;
  /** Index of its first image. */
  readonly start: number;
}

/** The months of a list, in its order; empty if the list is not by date. */
export function monthsOf(blocks: readonly ImagePage[]): Month[] {
  const months: Month[] = [];
  let start = 0;
  for (const { date, count } of blocks) {
    const month = date?.slice(0, 7);
    const last = months.at(-1);
    if (month === last?.month && last !== undefined)
      months[months.length - 1] = { ...last, count: last.count + count };
    else if (month !== undefined) months.push({ month, count, start });
    start += count;
  }
  return months;
}
