import { type IndexedImage, IndexError, type Page, type SearchQuery } from '@iib-kit/catalog';
import { parseQuery, type QueryNode } from '@iib-kit/catalog/query';
import { type CompiledQuery, compileQuery } from './compile-query.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { tagToken } from '../../tables/search-documents.ts';
import { checkedPageSize, collectPage } from './collect-page.ts';
import { readDatePosition } from './date-position.ts';
import { type DocumentQuery, documentStream, filteredDateStream, type RowFilter } from './document-stream.ts';
import { imageColumns, type ImageRow, toIndexedImage } from './image-row.ts';
import { narrowByText } from './text-prefilter.ts';
import {
  type KeyedSort,
  newSeed,
  orderKeys,
  type OrderPlace,
  printSortPosition,
  walkOrder,
} from './walk-order.ts';

/** More tags than this in one expression cost more than they narrow. */
const maxNarrowingTags = 200;

/** Finds tags for a compiled query. */
export function tagIdsIn(db: Sqlite) {
  return (types: readonly string[] | undefined, text: string, isWhole: boolean): readonly number[] => {
    const ofType = types === undefined ? '' : `AND type IN (${types.map(() => '?').join(', ')})`;
    const test = isWhole ? 'equals_folded' : 'contains_folded';
    return db
      .prepare<string[], number>(`SELECT id FROM tag WHERE ${test}(name, ?) ${ofType}`)
      .pluck()
      .all(text, ...(types ?? []));
  };
}

const inFolders = (folders: readonly string[]): QueryNode => ({
  kind: 'or',
  nodes: folders.map((path) => ({ kind: 'folder', path })),
});

/** The query text together with the folders, as one condition. */
export function wholeNode({ query = '', folders, outside = [] }: SearchQuery): QueryNode {
  const nodes = [parseQuery(query)];
  if (folders !== undefined) nodes.push(inFolders(folders));
  if (outside.length > 0) nodes.push({ kind: 'not', node: inFolders(outside) });
  return { kind: 'and', nodes };
}

interface Narrowing extends Pick<DocumentQuery, 'table' | 'match' | 'isBroad'> {
  /** About how many images match. */
  readonly matches: number;
}

/** The cheapest full-text question that every match answers, if there is one. */
export function narrowing(db: Sqlite, { required, requiredTags }: CompiledQuery): Narrowing | undefined {
  const smallest = requiredTags.toSorted((a, b) => a.length - b.length)[0];
  if (smallest !== undefined && smallest.length <= maxNarrowingTags) {
    // No tag has the id 0, so it stands for none at all.
    const ids = smallest.length === 0 ? [0] : smallest;
    const count = db.prepare<[number], number>('SELECT count FROM tag WHERE id = ?').pluck();
    const matches = ids.reduce((sum, id) => sum + (count.get(id) ?? 0), 0);
    return { table: 'search_tags', match: ids.map((id) => `"${tagToken(id)}"`).join(' OR '), matches };
  }
  const expression = narrowByText(db, required);
  return expression && { table: 'search_text', ...expression };
}

interface SortPosition {
  readonly seed: number;
  readonly after: OrderPlace | undefined;
}

function readSortPosition(db: Sqlite, cursor: string | undefined, sort: KeyedSort): SortPosition {
  if (cursor === undefined || cursor === '') return { seed: newSeed(db), after: undefined };
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
    // Falls through to the one error for everything that is no cursor of this order.
  }
  throw new IndexError('invalid-cursor', `Not a cursor of this order: ${cursor.slice(0, 80)}`);
}

interface SortedQuery extends SortPosition {
  readonly sort: KeyedSort;
  readonly filter: RowFilter;
  readonly size: number;
}

interface KeyedRow extends ImageRow {
  readonly sort_key: string | number;
}

function sortedPageOf({ sort, seed, size }: SortedQuery, rows: readonly KeyedRow[]): Page<IndexedImage> {
  const items = rows.slice(0, size);
  const last = items.at(-1);
  const hasNext = rows.length > size && last !== undefined;
  const next = hasNext ? printSortPosition(sort, seed, { key: last.sort_key, id: last.id }) : '';
  return { items: items.map(toIndexedImage), hasNext, next };
}

const fromImages = `FROM media_info m JOIN image i ON i.id = m.image_id LEFT JOIN image_mark k ON k.image_id = m.image_id`;

// Looking into so many images takes about as long as finding and sorting so many.
const mostWalked = 20_000;
const placesAtOnce = 1000;

/** A page by going along the order; undefined where too few images on the way match. */
function walkedPage(db: Sqlite, query: SortedQuery, most: number): Page<IndexedImage> | undefined {
  const { filter, size } = query;
  const find = db.prepare<(string | number)[], ImageRow>(
    `SELECT ${imageColumns} ${fromImages} WHERE m.image_id = ? AND ${filter.where}`,
  );
  const rows: KeyedRow[] = [];
  let { after } = query;
  for (let walked = 0; walked < most; walked += placesAtOnce) {
    const places = walkOrder(db, query, after, placesAtOnce);
    for (const { key, id } of places) {
      const row = find.get(id, ...filter.parameters);
      if (row !== undefined && rows.push({ ...row, sort_key: key }) > size) return sortedPageOf(query, rows);
    }
    if (places.length < placesAtOnce) return sortedPageOf(query, rows);
    after = places.at(-1);
  }
  return undefined;
}

/** A page by sorting all that match. */
function sortedPage(db: Sqlite, query: SortedQuery, narrow: Narrowing | undefined): Page<IndexedImage> {
  const { sort, seed, after, filter, size } = query;
  const { sql, direction } = orderKeys[sort];
  const seeds = sort === 'random' ? [seed] : [];
  const conditions = [filter.where];
  if (narrow !== undefined) {
    conditions.push(`m.doc IN (SELECT rowid FROM ${narrow.table} WHERE ${narrow.table} MATCH ?)`);
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
      ...(narrow ? [narrow.match] : []),
      ...(after ? [after.key, after.id] : []),
      size + 1,
    );
  return sortedPageOf(query, rows);
}

/** Finds images by a query text in the order asked for. */
export function searchByQuery(db: Sqlite, query: SearchQuery, most = mostWalked): Page<IndexedImage> {
  const { sort = 'newest', cursor } = query;
  const size = checkedPageSize(query.size);
  const compiled = compileQuery(wholeNode(query), { tagIds: tagIdsIn(db) });
  const narrow = narrowing(db, compiled);
  const filter = { where: compiled.where, parameters: compiled.parameters };
  if (sort !== 'newest') {
    const sorted = { ...readSortPosition(db, cursor, sort), sort, filter, size };
    const isNarrow = narrow !== undefined && narrow.matches <= most;
    return (isNarrow ? undefined : walkedPage(db, sorted, most)) ?? sortedPage(db, sorted, narrow);
  }
  const before = readDatePosition(db, cursor);
  const rows =
    narrow === undefined
      ? filteredDateStream(db, before, filter)
      : documentStream(db, { ...narrow, before, filter });
  return collectPage(rows, size, () => true);
}
