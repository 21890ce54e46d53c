import type { IndexedImage, Page, QuerySort } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';
import { readCursor } from './cursor.ts';
import { pageByDate } from './page-by-date.ts';
import { pageInOrder } from './page-in-order.ts';
import type { SearchPlan } from './search-plan.ts';
import { newSeed } from './walk-order.ts';

/** What is asked for of the matches. */
export interface PageRequest {
  readonly sort?: QuerySort;
  readonly cursor?: string | undefined;
  /** 1 or more; 200 unless given. */
  readonly size?: number | undefined;
}

export const defaultPageSize = 200;

/** The size that was asked for, or the default. Throws `RangeError` for anything but a whole number above 0. */
export function checkedPageSize(size: number | undefined, name = 'size'): number {
  if (size === undefined) return defaultPageSize;
  if (!Number.isInteger(size) || size < 1)
    throw new RangeError(`${name} must be a whole number from 1, not ${size}`);
  return size;
}

/** Up to this many images are looked into along an order: finding and sorting as many takes about as long. */
export const mostWalked = 20_000;

/** A page of what a plan finds. Throws `invalid-cursor`, and `RangeError` for a size below 1. */
export function pageOf(
  db: Sqlite,
  plan: SearchPlan,
  { sort = 'newest', cursor, size: asked }: PageRequest,
  most = mostWalked,
): Page<IndexedImage> {
  const size = checkedPageSize(asked);
  const start = readCursor(db, cursor, sort) ?? {
    seed: sort === 'random' ? newSeed(db) : 0,
    after: undefined,
  };
  return sort === 'newest'
    ? pageByDate(db, plan, start.after, size)
    : pageInOrder(db, plan, { ...start, sort, size }, most);
}
