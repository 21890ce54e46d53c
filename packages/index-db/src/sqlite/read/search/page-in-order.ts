import type { IndexedImage, Page } from '@iib-kit/catalog';
import { throwIfCancelled } from '../../connection/cancellation.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { type OrderPosition, type OrderStart, printCursor } from './cursor.ts';
import { imageColumns, type ImageRow, toIndexedImage } from './image-row.ts';
import { documentCount } from './ngram-frequencies.ts';
import { everything } from './row-filter.ts';
import type { SearchPlan } from './search-plan.ts';
import { type KeyedSort, orderKeys, walkOrder } from './walk-order.ts';

/** A page of an order that is asked for. */
interface OrderedPage extends OrderStart {
  readonly sort: KeyedSort;
  readonly size: number;
}

// SQLite leaves out a table that is joined from the left and not looked at: of most images no row of it is read.
const withMarks = 'LEFT JOIN image_mark k ON k.image_id = m.image_id';
const withImages = `LEFT JOIN image i ON i.id = m.image_id ${withMarks}`;

const positionsAtOnce = 1000;

/** The first matches behind a position, found by going along the order; undefined where too few on the way match. */
function walkedMatches(
  db: Sqlite,
  { filter, prefilter }: SearchPlan,
  page: OrderedPage,
  most: number,
): readonly OrderPosition[] | undefined {
  const byId = prefilter?.rest === everything ? prefilter.holdsFor?.('p.value') : undefined;
  // Some orders have positions without an image, of which none carries a tag. CROSS JOIN keeps the positions in order.
  const tables = `CROSS JOIN media_info m ON m.image_id = p.value CROSS JOIN image i ON i.id = m.image_id ${withMarks}`;
  const { where, parameters } = byId ?? filter;
  // One question for many positions costs a third of one for each.
  const find = db
    .prepare<(string | number)[], number>(
      `SELECT p.key FROM json_each(?) p ${byId === undefined ? tables : ''} WHERE ${where}`,
    )
    .pluck();
  const matches: OrderPosition[] = [];
  let { after } = page;
  for (let walked = 0; walked < most; walked += positionsAtOnce) {
    throwIfCancelled();
    const positions = walkOrder(db, page, after, positionsAtOnce);
    const ids = JSON.stringify(positions.map(({ id }) => id));
    for (const at of find.iterate(ids, ...parameters)) {
      const position = positions[at];
      if (position !== undefined && matches.push(position) > page.size) return matches;
    }
    if (positions.length < positionsAtOnce) return matches;
    after = positions.at(-1);
  }
  return undefined;
}

/** The first matches behind a position, found by sorting all. */
function sortedMatches(
  db: Sqlite,
  { filter, prefilter }: SearchPlan,
  page: OrderedPage,
): readonly OrderPosition[] {
  const { sort, seed, after, size } = page;
  const { sql, direction } = orderKeys[sort];
  const rest = prefilter?.rest ?? filter;
  const answers =
    prefilter === undefined
      ? ''
      : `AND m.doc IN (SELECT rowid FROM ${prefilter.table} WHERE ${prefilter.table} MATCH ?)`;
  const behind = after === undefined ? '' : `WHERE (key, id) ${direction === 'ASC' ? '>' : '<'} (?, ?)`;
  return db
    .prepare<(string | number)[], OrderPosition>(
      `SELECT * FROM (SELECT m.image_id AS id, ${sql} AS key FROM media_info m ${withImages}
         WHERE ${rest.where} ${answers}) ${behind} ORDER BY key ${direction}, id ${direction} LIMIT ?`,
    )
    .all(
      ...(sort === 'random' ? [seed] : []),
      ...rest.parameters,
      ...(prefilter ? [prefilter.match] : []),
      ...(after ? [after.key, after.id] : []),
      size + 1,
    );
}

/** The images at some positions, in their order; one that another program just took away is left out. */
function imagesAt(db: Sqlite, positions: readonly OrderPosition[]): readonly IndexedImage[] {
  const ids = JSON.stringify(positions.map(({ id }) => id));
  return db
    .prepare<[string], ImageRow>(
      `SELECT ${imageColumns} FROM json_each(?) p CROSS JOIN media_info m ON m.image_id = p.value
       CROSS JOIN image i ON i.id = m.image_id`,
    )
    .all(ids)
    .map(toIndexedImage);
}

/** A page in an order but that of time: by going along it where many match, else by sorting all that match. */
export function pageInOrder(
  db: Sqlite,
  plan: SearchPlan,
  page: OrderedPage,
  most: number,
): Page<IndexedImage> {
  // Where one image in n matches, a page is n times its size of images away.
  const asManyToWalk = Math.sqrt(page.size * documentCount(db));
  const areFew = plan.prefilter !== undefined && plan.prefilter.matches <= Math.min(most, asManyToWalk);
  const walked = areFew ? undefined : walkedMatches(db, plan, page, most);
  const matches = walked ?? sortedMatches(db, plan, page);
  const items = matches.slice(0, page.size);
  const last = matches.length > page.size ? items.at(-1) : undefined;
  const next = last === undefined ? '' : printCursor(page.sort, page.seed, last);
  return { items: imagesAt(db, items), hasNext: last !== undefined, next };
}
