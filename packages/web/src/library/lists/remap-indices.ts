import type { ImagePage, ListChange } from './image-list.ts';
import { IndexRanges, type IndexRange } from './index-ranges.ts';

/** The images of one day of a list, or the whole list where it has no days. */
export interface DateBucket {
  readonly date: string | null;
  readonly start: number;
  readonly count: number;
  /** Counts and cursors of its pages: a bucket whose fingerprint is unchanged has the same images. */
  readonly fingerprint: string;
}

/** Groups pages by date. */
export function dateBuckets(pages: readonly (ImagePage & { readonly cursor: string })[]): DateBucket[] {
  const buckets: DateBucket[] = [];
  let start = 0;
  for (let number = 0; number < pages.length;) {
    const date = pages[number]?.date ?? null;
    const prints: string[] = [];
    let count = 0;
    for (; number < pages.length && (pages[number]?.date ?? null) === date; number += 1) {
      const page = pages[number];
      // The cursor of its first page names an image of the bucket before.
      prints.push(`${page?.count} ${prints.length === 0 ? '' : page?.cursor}`);
      count += page?.count ?? 0;
    }
    buckets.push({ date, start, count, fingerprint: prints.join('|') });
    start += count;
  }
  return buckets;
}

export interface RemapInput {
  readonly before: readonly DateBucket[];
  readonly after: readonly DateBucket[];
  /** The id of an image of the old list, if it was fetched. */
  readonly idBefore: (index: number) => number | undefined;
  /** The ids of all images of those buckets of the new list that were fetched, by date. */
  readonly idsAfter: ReadonlyMap<string | null, readonly (number | undefined)[]>;
  /** Whether an image was added since the old list was made; called only with ids of `idsAfter`. */
  readonly isNew: (id: number) => boolean;
}

/**
 * Maps indices of a list to those of the list that it became: by offset in a bucket that did not change, otherwise by
 * id. Never to another image: where that cannot be ruled out, an image counts as removed.
 */
export function remapIndices(input: RemapInput): ListChange {
  const afterByDate = new Map(input.after.map((bucket) => [bucket.date, bucket]));
  const indices = indicesById(input.idsAfter, afterByDate);

  const remap = (index: number): number | undefined => {
    const bucket = input.before.find(({ start, count }) => index >= start && index < start + count);
    if (bucket === undefined) return undefined;
    const id = input.idBefore(index);
    const found = id === undefined ? undefined : indices.get(id);
    if (found !== undefined) return found;
    const after = afterByDate.get(bucket.date);
    if (after === undefined || after.fingerprint !== bucket.fingerprint) return undefined;
    return input.idsAfter.has(bucket.date) && id !== undefined
      ? undefined
      : after.start + index - bucket.start;
  };

  const remapInBucket = (bucket: DateBucket, [start, end]: IndexRange): IndexRange[] => {
    const after = afterByDate.get(bucket.date);
    const ids = input.idsAfter.get(bucket.date);
    if (after?.fingerprint === bucket.fingerprint && ids === undefined) {
      const shift = after.start - bucket.start;
      return [[start + shift, end + shift]];
    }
    if (after !== undefined && ids !== undefined && end - start === bucket.count) {
      return ids.flatMap((id, offset): IndexRange[] =>
        id === undefined || input.isNew(id) ? [] : [[after.start + offset, after.start + offset + 1]],
      );
    }
    const ranges: IndexRange[] = [];
    for (let index = start; index < end; index += 1) {
      const found = remap(index);
      if (found !== undefined) ranges.push([found, found + 1]);
    }
    return ranges;
  };

  const remapRanges = (ranges: IndexRanges): IndexRanges =>
    IndexRanges.of(
      input.before.flatMap((bucket) =>
        ranges
          .within([bucket.start, bucket.start + bucket.count])
          .ranges.flatMap((range) => remapInBucket(bucket, range)),
      ),
    );
  return { remap, remapRanges };
}

/**
 * The buckets of the new list that must be fetched to find tracked images again: those that changed, and those tracked
 * in part, because an addition and a removal together may leave the counts as they were.
 */
export function bucketsToFetch(
  before: readonly DateBucket[],
  after: readonly DateBucket[],
  tracked: IndexRanges,
): DateBucket[] {
  const afterByDate = new Map(after.map((bucket) => [bucket.date, bucket]));
  return before.flatMap((bucket) => {
    const { count } = tracked.within([bucket.start, bucket.start + bucket.count]);
    const found = afterByDate.get(bucket.date);
    if (count === 0 || found === undefined) return [];
    return found.fingerprint === bucket.fingerprint && count === bucket.count ? [] : [found];
  });
}

function indicesById(
  idsAfter: RemapInput['idsAfter'],
  afterByDate: ReadonlyMap<string | null, DateBucket>,
): Map<number, number> {
  const indices = new Map<number, number>();
  for (const [date, ids] of idsAfter) {
    const start = afterByDate.get(date)?.start ?? 0;
    for (const [offset, id] of ids.entries()) if (id !== undefined) indices.set(id, start + offset);
  }
  return indices;
}
