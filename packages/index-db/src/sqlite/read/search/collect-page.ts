import type { IndexedImage, Page } from '@iib-kit/catalog';
import { throwIfCancelled } from '../../connection/cancellation.ts';
import { printDateCursor } from './cursor.ts';
import { type ImageRow, toIndexedImage } from './image-row.ts';

export const defaultPageSize = 200;

/** The size that was asked for, or the default. Throws `RangeError` for anything but a whole number above 0. */
export function checkedPageSize(size: number | undefined, name = 'size'): number {
  if (size === undefined) return defaultPageSize;
  if (!Number.isInteger(size) || size < 1)
    throw new RangeError(`${name} must be a whole number from 1, not ${size}`);
  return size;
}

/** Takes the accepted rows of one page, and looks one further to know whether there is a next. */
export function collectPage<Row extends ImageRow>(
  rows: Iterable<Row>,
  size: number,
  accepts: (row: Row) => boolean,
): Page<IndexedImage> {
  const taken: Row[] = [];
  for (const row of rows) {
    throwIfCancelled();
    if (!accepts(row)) continue;
    if (taken.length === size) return pageOf(taken, true);
    taken.push(row);
  }
  return pageOf(taken, false);
}

function pageOf(rows: readonly ImageRow[], hasNext: boolean): Page<IndexedImage> {
  const last = rows.at(-1);
  return {
    items: rows.map(toIndexedImage),
    hasNext,
    next: hasNext && last !== undefined ? printDateCursor(last) : '',
  };
}
