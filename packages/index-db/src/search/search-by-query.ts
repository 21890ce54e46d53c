import { randomInt } from 'node:crypto';
import { IndexError } from '../index-error.ts';
import { type IndexedImage, type Page, type QuerySort, type SearchQuery } from '../image-index.ts';
import { type CompiledQuery, compileQuery } from '../query/compile-query.ts';
import { parseQuery } from '../query/parse-query.ts';
import type { QueryNode } from '../query/query-node.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { tagToken } from '../store/search-documents.ts';
import { checkedPageSize, collectPage } from './collect-page.ts';
import { readDatePosition } from './date-position.ts';
import { type DocumentQuery, documentStream, filteredDateStream } from './document-stream.ts';
import { imageColumns, type ImageRow, toIndexedImage } from './image-row.ts';
import { narrowByText } from './narrow-by-text.ts';

/** More tags than this in one expression cost more than they narrow. */
const maxNarrowingTags = 200;

function tagIdsIn(db: Sqlite) {
  return (types: readonly string[] | undefined, text: string, isWhole: boolean): readonly number[] => {
    const ofType = types === undefined ? '' : `AND type IN (${types.map(() => '?').join(', ')})`;
    const test = isWhole ? 'equals_folded' : 'contains_folded';
    return db
      .prepare<string[], number>(`SELECT id FROM tag WHERE ${test}(name, ?) ${ofType}`)
      .pluck()
      .all(text, ...(types ?? []));
  };
}

/** The query text together with the folders, as one condition. */
function wholeNode({ query = '', folders }: SearchQuery): QueryNode {
  const node = parseQuery(query);
  if (folders === undefined) return node;
  const inFolders: QueryNode = { kind: 'or', nodes: folders.map((path) => ({ kind: 'folder', path })) };
  return { kind: 'and', nodes: [node, inFolders] };
}

/** The cheapest full-text question that every match answers, if there is one. */
function narrowing(
  db: Sqlite,
  { required, requiredTags }: CompiledQuery,
): Pick<DocumentQuery, 'table' | 'match' | 'isBroad'> | undefined {
  const smallest = requiredTags.toSorted((a, b) => a.length - b.length)[0];
  if (smallest !== undefined && smallest.length <= maxNarrowingTags) {
    // No tag has the id 0, so it stands for none at all.
    const ids = smallest.length === 0 ? [0] : smallest;
    return { table: 'search_tags', match: ids.map((id) => `"${tagToken(id)}"`).join(' OR ') };
  }
  const expression = narrowByText(db, required);
  return expression && { table: 'search_text', ...expression };
}

interface SortKey {
  readonly sql: string;
  readonly direction: 'ASC' | 'DESC';
}

const sortKeys: Readonly<Record<Exclude<QuerySort, 'newest'>, SortKey>> = {
  oldest: { sql: 'm.modified', direction: 'ASC' },
  name: { sql: 'folded(base_name(i.path))', direction: 'ASC' },
  largest: { sql: 'm.bytes', direction: 'DESC' },
  smallest: { sql: 'm.bytes', direction: 'ASC' },
  rating: { sql: 'coalesce(k.rating, 0)', direction: 'DESC' },
  random: { sql: 'shuffled(m.image_id, ?)', direction: 'ASC' },
};

interface SortPosition {
  readonly seed: number;
  readonly after: readonly [string | number, number] | undefined;
}

function readSortPosition(cursor: string | undefined, sort: string): SortPosition {
  if (cursor === undefined || cursor === '') return { seed: randomInt(1, 2 ** 31), after: undefined };
  try {
    const [wrote, seed, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [
      string,
      number,
      string | number,
      number,
    ];
    const isKey = typeof key === 'string' || typeof key === 'number';
    if (wrote === sort && Number.isInteger(seed) && isKey && Number.isInteger(id))
      return { seed, after: [key, id] };
  } catch {
    // Falls through to the one error for everything that is no cursor of this order.
  }
  throw new IndexError('invalid-cursor', `Not a cursor of this order: ${cursor.slice(0, 80)}`);
}

function sortedPage(
  db: Sqlite,
  query: SearchQuery,
  sort: Exclude<QuerySort, 'newest'>,
  size: number,
): Page<IndexedImage> {
  const compiled = compileQuery(wholeNode(query), { tagIds: tagIdsIn(db) });
  const { seed, after } = readSortPosition(query.cursor, sort);
  const { sql, direction } = sortKeys[sort];
  const narrow = narrowing(db, compiled);
  const seeds = sort === 'random' ? [seed] : [];
  const conditions = [compiled.where];
  if (narrow !== undefined) {
    conditions.push(`m.doc IN (SELECT rowid FROM ${narrow.table} WHERE ${narrow.table} MATCH ?)`);
  }
  const outer = after === undefined ? '' : `WHERE (sort_key, id) ${direction === 'ASC' ? '>' : '<'} (?, ?)`;
  const rows = db
    .prepare<(string | number)[], ImageRow & { sort_key: string | number }>(
      `SELECT * FROM (SELECT ${imageColumns}, ${sql} AS sort_key FROM media_info m JOIN image i ON i.id = m.image_id
         LEFT JOIN image_mark k ON k.image_id = m.image_id WHERE ${conditions.join(' AND ')}) ${outer}
       ORDER BY sort_key ${direction}, id ${direction} LIMIT ?`,
    )
    .all(...seeds, ...compiled.parameters, ...(narrow ? [narrow.match] : []), ...(after ?? []), size + 1);
  const items = rows.slice(0, size);
  const last = items.at(-1);
  const hasNext = rows.length > size && last !== undefined;
  const next = hasNext
    ? Buffer.from(JSON.stringify([sort, seed, last.sort_key, last.id])).toString('base64url')
    : '';
  return { items: items.map(toIndexedImage), hasNext, next };
}

/** Finds images by a query text in the order asked for. */
export function searchByQuery(db: Sqlite, query: SearchQuery): Page<IndexedImage> {
  const { sort = 'newest', cursor } = query;
  const size = checkedPageSize(query.size);
  if (sort !== 'newest') return sortedPage(db, query, sort, size);
  const compiled = compileQuery(wholeNode(query), { tagIds: tagIdsIn(db) });
  const before = readDatePosition(db, cursor);
  const narrow = narrowing(db, compiled);
  const filter = { where: compiled.where, parameters: compiled.parameters };
  const rows =
    narrow === undefined
      ? filteredDateStream(db, before, filter)
      : documentStream(db, { ...narrow, before, filter });
  return collectPage(rows, size, () => true);
}
