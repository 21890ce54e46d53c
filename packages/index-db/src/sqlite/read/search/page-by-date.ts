import type { IndexedImage, Page } from '@iib-kit/catalog';
import { throwIfCancelled } from '../../connection/cancellation.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { type DatePosition, type OrderPosition, printCursor } from './cursor.ts';
import { dateStream, documentStream, folderStream } from './date-streams.ts';
import { holdAtMost } from './folders.ts';
import { type ImageRow, toIndexedImage } from './image-row.ts';
import type { SearchPlan } from './search-plan.ts';

// Up to so many images, gathering and sorting a folder's own is cheaper than passing over everybody else's.
const fewImages = 20_000;

/** The matches of a plan before a position, newest first, from where the fewest others have to be looked into. */
function matchesByDate(
  db: Sqlite,
  { filter, prefilter, ranges }: SearchPlan,
  before: DatePosition | undefined,
): Iterable<ImageRow> {
  const few = Math.ceil(Math.min(fewImages, prefilter?.matches ?? Infinity));
  if (ranges !== undefined && holdAtMost(db, ranges, few)) return folderStream(db, { filter, before });
  if (prefilter === undefined) return dateStream(db, { filter, before });
  return documentStream(db, {
    filter: prefilter.rest ?? filter,
    before,
    prefilter,
  });
}

/** A page in the order of time, newest first, read no further than to know whether there is a next. */
export function pageByDate(
  db: Sqlite,
  plan: SearchPlan,
  after: OrderPosition | undefined,
  size: number,
): Page<IndexedImage> {
  const before = after && { modified: Number(after.key), id: after.id };
  const items: IndexedImage[] = [];
  let next = '';
  for (const row of matchesByDate(db, plan, before)) {
    throwIfCancelled();
    if (items.length === size) return { items, hasNext: true, next };
    items.push(toIndexedImage(row));
    if (items.length === size) next = printCursor('newest', 0, { key: row.modified, id: row.id });
  }
  return { items, hasNext: false, next: '' };
}
