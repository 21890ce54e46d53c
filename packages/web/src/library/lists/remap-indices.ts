import type { ImagePage, ListChange } from './image-list.ts';
import { IndexRanges, type IndexRange } from './index-ranges.ts';

export interface DateBucket {
  readonly date: string | null;
  readonly start: number;
  readonly count: number;
  /** What tells whether it is the same: counts and cursors of its blocks. */
  readonly mark: string;
}

/** The days of a list, each with the places of its images. */
export function dateBuckets(blocks: readonly (ImagePage & { readonly cursor: string })[]): DateBucket[] {
  const sections: DateBucket[] = [];
  let start = 0;
  for (let at = 0; at < blocks.length;) {
    const date = blocks[at]?.date ?? null;
    const marks: string[] = [];
    let count = 0;
    for (; at < blocks.length && (blocks[at]?.date ?? null) === date; at += 1) {
      const block = blocks[at];
      // The cursor of its first block is about the day before.
      marks.push(`${block?.count} ${marks.length === 0 ? '' : block?.cursor}`);
      count += block?.count ?? 0;
    }
    sections.push({ date, start, count, mark: marks.join('|') });
    start += count;
  }
  return sections;
}

export interface RemapInput {
  readonly before: readonly DateBucket[];
  readonly after: readonly DateBucket[];
  /** Id of an image at a place of the old list, where it is known. */
  readonly idBefore: (index: number) => number | undefined;
  /** Ids of the images of days of the new list, by date, as far as they are known. */
  readonly idsAfter: ReadonlyMap<string | null, readonly (number | undefined)[]>;
  /** Whether an image came since the old list was made; asked only of images of the new one that are known. */
  readonly isNew: (id: number) => boolean;
}

/**
 * Finds images of a list again in what became of it: by their distance from the begin of a day that stayed as it was,
 * else by their ids. Never another image than it was: where that is not sure, it is not found.
 */
export function remapIndices(input: RemapInput): ListChange {
  const afterByDate = new Map(input.after.map((section) => [section.date, section]));
  const placesOf = indicesById(input.idsAfter, afterByDate);

  const remap = (index: number): number | undefined => {
    const section = input.before.find(({ start, count }) => index >= start && index < start + count);
    if (section === undefined) return undefined;
    const id = input.idBefore(index);
    const place = id === undefined ? undefined : placesOf.get(id);
    if (place !== undefined) return place;
    const after = afterByDate.get(section.date);
    if (after === undefined || after.mark !== section.mark) return undefined;
    return input.idsAfter.has(section.date) && id !== undefined
      ? undefined
      : after.start + index - section.start;
  };

  const remapInBucket = (section: DateBucket, [start, end]: IndexRange): IndexRange[] => {
    const after = afterByDate.get(section.date);
    const ids = input.idsAfter.get(section.date);
    if (after?.mark === section.mark && ids === undefined) {
      const moved = after.start - section.start;
      return [[start + moved, end + moved]];
    }
    if (after !== undefined && ids !== undefined && end - start === section.count) {
      return ids.flatMap((id, at): IndexRange[] =>
        id === undefined || input.isNew(id) ? [] : [[after.start + at, after.start + at + 1]],
      );
    }
    const found: IndexRange[] = [];
    for (let index = start; index < end; index += 1) {
      const place = remap(index);
      if (place !== undefined) found.push([place, place + 1]);
    }
    return found;
  };

  const remapRanges = (ranges: IndexRanges): IndexRanges =>
    IndexRanges.of(
      input.before.flatMap((section) =>
        ranges
          .within([section.start, section.start + section.count])
          .ranges.flatMap((piece) => remapInBucket(section, piece)),
      ),
    );
  return { remap, remapRanges };
}

/**
 * Days whose images must be known before what is held in them can be found again: those that changed, and those that
 * are held in part, where a change may not show in their counts.
 */
export function bucketsToFetch(
  before: readonly DateBucket[],
  after: readonly DateBucket[],
  held: IndexRanges,
): DateBucket[] {
  const afterByDate = new Map(after.map((section) => [section.date, section]));
  return before.flatMap((section) => {
    const { count } = held.within([section.start, section.start + section.count]);
    const found = afterByDate.get(section.date);
    if (count === 0 || found === undefined) return [];
    return found.mark === section.mark && count === section.count ? [] : [found];
  });
}

function indicesById(
  idsAfter: RemapInput['idsAfter'],
  afterByDate: ReadonlyMap<string | null, DateBucket>,
): Map<number, number> {
  const places = new Map<number, number>();
  for (const [date, ids] of idsAfter) {
    const start = afterByDate.get(date)?.start ?? 0;
    for (const [at, id] of ids.entries()) if (id !== undefined) places.set(id, start + at);
  }
  return places;
}
