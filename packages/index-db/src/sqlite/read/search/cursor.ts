import { IndexError, type QuerySort } from '@iib-kit/catalog';
import { parseLocalDate } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';

/** A position in the order of time; a page continues with what is older, or as old with a smaller id. */
export interface DatePosition {
  /** Microseconds since 1970. */
  readonly modified: number;
  readonly id: number;
}

/** Every order but that of the newest, which full-text tables have themselves. */
export type KeyedSort = Exclude<QuerySort, 'newest'>;

/** A position in one of these orders; equal keys are told apart by id, in the same direction. */
export interface OrderPosition {
  readonly key: string | number;
  readonly id: number;
}

/** Where a page of an order begins, and the seed of the order `random`. */
export interface OrderStart {
  readonly seed: number;
  readonly after: OrderPosition | undefined;
}

const ours = /^d(-?\d+)-(\d+)$/;
// IIB 1.6 gives the date of the last row, IIB 1.9 its id as well.
const iib = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\|(\d+))?$/;

function refuse(cursor: string): never {
  throw new IndexError('invalid-cursor', `Not a cursor: ${cursor.slice(0, 80)}`);
}

export function printDateCursor({ modified, id }: DatePosition): string {
  return `d${modified}-${id}`;
}

function positionOfImage(db: Sqlite, id: number): DatePosition | undefined {
  return db
    .prepare<[number], DatePosition>('SELECT modified, image_id AS id FROM media_info WHERE image_id = ?')
    .get(id);
}

/** Reads a cursor of ours or of IIB; `''` is the beginning. Throws `invalid-cursor`. */
export function readDateCursor(db: Sqlite, cursor: string | undefined): DatePosition | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const own = ours.exec(cursor);
  if (own !== null) return { modified: Number(own[1]), id: Number(own[2]) };
  const foreign = iib.exec(cursor);
  if (foreign === null) return refuse(cursor);
  const exact = foreign[2] === undefined ? undefined : positionOfImage(db, Number(foreign[2]));
  return exact ?? { modified: parseLocalDate(foreign[1] ?? '') ?? 0, id: 0 };
}

export function printOrderCursor(sort: KeyedSort, seed: number, { key, id }: OrderPosition): string {
  return Buffer.from(JSON.stringify([sort, seed, key, id])).toString('base64url');
}

/** Reads a cursor of this order; undefined at the beginning. Throws `invalid-cursor`. */
export function readOrderCursor(cursor: string | undefined, sort: KeyedSort): OrderStart | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  try {
    const [wrote, seed, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [
      string,
      number,
      string | number,
      number,
    ];
    const isKey = typeof key === 'string' || typeof key === 'number';
    if (wrote === sort && Number.isInteger(seed) && isKey && Number.isInteger(id))
      return { seed, after: { key, id } };
  } catch {
    // Falls through to the one error for everything that is not a cursor of this order.
  }
  return refuse(cursor);
}
