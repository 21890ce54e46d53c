import type { IndexedImage, Page } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';
import { type KeyedSort, type OrderStart, printOrderCursor } from './cursor.ts';
import type { DocumentQuery, RowFilter } from './document-stream.ts';
import { imageColumns, type ImageRow, toIndexedImage } from './image-row.ts';
import { orderKeys, walkOrder } from './walk-order.ts';

/** A full-text question that every match answers. */
export interface Prefilter extends Pick<DocumentQuery, 'table' | 'match' | 'isBroad'> {
  /** About how many images match. */
  readonly matches: number;
}

/** A page of an order that is asked for. */
export interface OrderedQuery extends OrderStart {
  readonly sort: KeyedSort;
  readonly filter: RowFilter;
  readonly size: number;
}

interface KeyedRow extends ImageRow {
  readonly sort_key: string | number;
}

function pageOf({ sort, seed, size }: OrderedQuery, rows: readonly KeyedRow[]): Page<IndexedImage> {
  const items = rows.slice(0, size);
  const last = items.at(-1);
  const hasNext = rows.length > size && last !== undefined;
  const next = hasNext ? printOrderCursor(sort, seed, { key: last.sort_key, id: last.id }) : '';
  return { items: items.map(toIndexedImage), hasNext, next };
}

const fromImages = `FROM media_info m JOIN image i ON i.id = m.image_id LEFT JOIN image_mark k ON k.image_id = m.image_id`;

// Looking into so many images takes about as long as finding and sorting so many.
export const mostWalked = 20_000;
const positionsAtOnce = 1000;

/** A page by going along the order; undefined where too few images on the way match. */
function walkedPage(db: Sqlite, query: OrderedQuery, most: number): Page<IndexedImage> | undefined {
  const { filter, size } = query;
  const find = db.prepare<(string | number)[], ImageRow>(
    `SELECT ${imageColumns} ${fromImages} WHERE m.image_id = ? AND ${filter.where}`,
  );
  const rows: KeyedRow[] = [];
  let { after } = query;
  for (let walked = 0; walked < most; walked += positionsAtOnce) {
    const positions = walkOrder(db, query, after, positionsAtOnce);
    for (const { key, id } of positions) {
      const row = find.get(id, ...filter.parameters);
      if (row !== undefined && rows.push({ ...row, sort_key: key }) > size) return pageOf(query, rows);
    }
    if (positions.length < positionsAtOnce) return pageOf(query, rows);
    after = positions.at(-1);
  }
  return undefined;
}

/** A page by sorting all that match. */
function sortedPage(db: Sqlite, query: OrderedQuery, prefilter: Prefilter | undefined): Page<IndexedImage> {
  const { sort, seed, after, filter, size } = query;
  const { sql, direction } = orderKeys[sort];
  const seeds = sort === 'random' ? [seed] : [];
  const conditions = [filter.where];
  if (prefilter !== undefined) {
    conditions.push(`m.doc IN (SELECT rowid FROM ${prefilter.table} WHERE ${prefilter.table} MATCH ?)`);
  }
  const outer = after === undefined ? '' : `WHERE (sort_key, id) ${direction === 'ASC' ? '>' : '<'} (?, ?)`;
  const rows = db
    .prepare<(string | number)[], KeyedRow>(
      `SELECT * FROM (SELECT ${imageColumns}, ${sql} AS sort_key ${fromImages} WHERE ${conditions.join(' AND ')}) ${outer}
       ORDER BY sort_key ${direction}, id ${direction} LIMIT ?`,
    )
    .all(
      ...seeds,
      ...filter.parameters,
      ...(prefilter ? [prefilter.match] : []),
      ...(after ? [after.key, after.id] : []),
      size + 1,
    );
  return pageOf(query, rows);
}

/** A page in an order: by going along it where many match, else by sorting all that match. */
export function pageInOrder(
  db: Sqlite,
  query: OrderedQuery,
  prefilter: Prefilter | undefined,
  most = mostWalked,
): Page<IndexedImage> {
  const areFew = prefilter !== undefined && prefilter.matches <= most;
  return (areFew ? undefined : walkedPage(db, query, most)) ?? sortedPage(db, query, prefilter);
}
