import { randomInt } from 'node:crypto';
import type { QuerySort } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';
import type { OrderPosition } from './cursor.ts';
import { Shuffle } from '../../connection/shuffle.ts';

/** Every order but that of time, which the full-text tables have themselves. */
export type KeyedSort = Exclude<QuerySort, 'newest'>;

const columns = {
  oldest: 'modified',
  name: 'name',
  largest: 'bytes',
  smallest: 'bytes',
} as const;

/** The key of an order, over `media_info m` and `image_mark k`; `shuffled` takes the seed as its parameter. */
export const orderKeys: Readonly<
  Record<KeyedSort, { readonly sql: string; readonly direction: 'ASC' | 'DESC' }>
> = {
  oldest: { sql: 'm.modified', direction: 'ASC' },
  name: { sql: 'm.name', direction: 'ASC' },
  largest: { sql: 'm.bytes', direction: 'DESC' },
  smallest: { sql: 'm.bytes', direction: 'ASC' },
  rating: { sql: 'coalesce(k.rating, 0)', direction: 'DESC' },
  random: { sql: 'shuffled(m.image_id, ?)', direction: 'ASC' },
};

function walkColumn(
  db: Sqlite,
  sort: keyof typeof columns,
  after: OrderPosition | undefined,
  count: number,
): OrderPosition[] {
  const column = columns[sort];
  const { direction } = orderKeys[sort];
  const sign = direction === 'ASC' ? '>' : '<';
  return db
    .prepare<(string | number)[], OrderPosition>(
      `SELECT ${column} AS key, image_id AS id FROM media_info
       ${after === undefined ? '' : `WHERE (${column}, image_id) ${sign} (?, ?)`}
       ORDER BY ${column} ${direction}, image_id ${direction} LIMIT ?`,
    )
    .all(...(after === undefined ? [] : [after.key, after.id]), count);
}

/** Rated images first, by an index of their own; then all others by id. */
function walkRating(db: Sqlite, after: OrderPosition | undefined, count: number): OrderPosition[] {
  const { key, id } = after ?? { key: 9, id: 0 };
  const rated = db
    .prepare<(string | number)[], OrderPosition>(
      `SELECT rating AS key, image_id AS id FROM image_mark WHERE rating > 0 AND (rating, image_id) < (?, ?)
       ORDER BY rating DESC, image_id DESC LIMIT ?`,
    )
    .all(key, id, count);
  if (rated.length === count) return rated;
  const others = db
    .prepare<(string | number)[], OrderPosition>(
      `SELECT 0 AS key, image_id AS id FROM media_info m WHERE image_id < ?
       AND NOT EXISTS (SELECT 1 FROM image_mark k WHERE k.image_id = m.image_id AND k.rating > 0)
       ORDER BY image_id DESC LIMIT ?`,
    )
    .all(key === 0 ? id : Number.MAX_SAFE_INTEGER, count - rated.length);
  return [...rated, ...others];
}

function highestId(db: Sqlite): number {
  return db.prepare<[], number | null>('SELECT max(image_id) FROM media_info').pluck().get() ?? 0;
}

/** A seed for the order `random`. */
export function newSeed(db: Sqlite): number {
  return Shuffle.seedFor(randomInt(2 ** 26), highestId(db));
}

/** Some of the positions have no image. */
function walkShuffled(
  db: Sqlite,
  seed: number,
  after: OrderPosition | undefined,
  count: number,
): OrderPosition[] {
  const shuffle = new Shuffle(seed);
  const last = shuffle.lastPosition(highestId(db));
  const positions: OrderPosition[] = [];
  for (let key = Number(after?.key ?? -1) + 1; key <= last && positions.length < count; key += 1) {
    positions.push({ key, id: shuffle.idAt(key) });
  }
  return positions;
}

/** The next positions of an order after one, as many as asked for or as there are. */
export function walkOrder(
  db: Sqlite,
  { sort, seed }: { sort: KeyedSort; seed: number },
  after: OrderPosition | undefined,
  count: number,
): readonly OrderPosition[] {
  if (sort === 'rating') return walkRating(db, after, count);
  if (sort === 'random') return walkShuffled(db, seed, after, count);
  return walkColumn(db, sort, after, count);
}
