import { IndexError, type QuerySort } from '@iib-kit/catalog';
import { parseLocalDate } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';

/** A position in an order; equal keys are told apart by id, in the same direction. */
export interface OrderPosition {
  /** Of `newest` and `oldest` microseconds since 1970, of `name` the folded name. */
  readonly key: string | number;
  readonly id: number;
}

/** A position in the order of time. */
export interface DatePosition {
  /** Microseconds since 1970. */
  readonly modified: number;
  readonly id: number;
}

export const isNewer = (a: DatePosition, b: DatePosition): boolean =>
  a.modified === b.modified ? a.id > b.id : a.modified > b.modified;

/** Where a page of an order begins: behind a position or, without one, with the first image. */
export interface OrderStart {
  /** Of the order `random`; 0 in all others. */
  readonly seed: number;
  readonly after: OrderPosition | undefined;
}

const pattern = /^([a-z]+)\.(\d+)\.(-?\d+)\.([-\w]*)$/;
const wholeNumber = /^-?\d+$/;
// IIB 1.6 gives the date of the last row, IIB 1.9 its id as well.
const iibPattern = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\|(\d+))?$/;

/** Prints a position as a cursor: the order, its seed, the id and the key, of which names are in base64url. */
export function printCursor(sort: QuerySort, seed: number, { key, id }: OrderPosition): string {
  const printed = typeof key === 'string' ? Buffer.from(key).toString('base64url') : key;
  return `${sort}.${seed}.${id}.${printed}`;
}

/** Reads a cursor of this order, for `newest` one of IIB as well; undefined for the beginning. Throws `invalid-cursor`. */
export function readCursor(db: Sqlite, cursor: string | undefined, sort: QuerySort): OrderStart | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const start = readOwn(cursor, sort) ?? (sort === 'newest' ? readIib(db, cursor) : undefined);
  if (start === undefined) throw new IndexError('invalid-cursor', `Not a cursor: ${cursor.slice(0, 80)}`);
  return start;
}

function readOwn(cursor: string, sort: QuerySort): OrderStart | undefined {
  const [, order, seed, id, key = ''] = pattern.exec(cursor) ?? [];
  if (order !== sort) return undefined;
  const start = { seed: Number(seed), id: Number(id) };
  if (sort === 'name') return startAfter(start, Buffer.from(key, 'base64url').toString());
  return wholeNumber.test(key) ? startAfter(start, Number(key)) : undefined;
}

const startAfter = ({ seed, id }: { seed: number; id: number }, key: string | number): OrderStart => ({
  seed,
  after: { key, id },
});

function readIib(db: Sqlite, cursor: string): OrderStart | undefined {
  const [, date, id] = iibPattern.exec(cursor) ?? [];
  if (date === undefined) return undefined;
  const exact = id === undefined ? undefined : positionOfImage(db, Number(id));
  return { seed: 0, after: exact ?? { key: parseLocalDate(date) ?? 0, id: 0 } };
}

function positionOfImage(db: Sqlite, id: number): OrderPosition | undefined {
  return db
    .prepare<[number], OrderPosition>(
      'SELECT modified AS key, image_id AS id FROM media_info WHERE image_id = ?',
    )
    .get(id);
}
