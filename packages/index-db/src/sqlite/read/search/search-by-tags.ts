import type { IndexedImage, Page, TagQuery } from '@iib-kit/catalog';
import { tagToken } from '../../tables/search-documents.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { checkedPageSize, collectPage } from './collect-page.ts';
import { readDateCursor, readOrderCursor } from './cursor.ts';
import { dateStream, documentStream, type RowFilter } from './document-stream.ts';
import { folderRanges, isInside } from './folder-filter.ts';
import type { TextRow } from './image-row.ts';
import { mostWalked, pageInOrder, type Prefilter } from './page-in-order.ts';
import { newSeed } from './walk-order.ts';

const tokens = (ids: readonly number[]): string[] => [...new Set(ids)].map((id) => `"${tagToken(id)}"`);

/** The full-text expression of a tag query, or undefined where it only excludes. */
export function tagExpression({ and, or, not }: Pick<TagQuery, 'and' | 'or' | 'not'>): string | undefined {
  const wanted = tokens(and);
  if (or.length > 0) wanted.push(`(${tokens(or).join(' OR ')})`);
  if (wanted.length === 0) return undefined;
  const unwanted = not.length > 0 ? ` NOT (${tokens(not).join(' OR ')})` : '';
  return `(${wanted.join(' AND ')})${unwanted}`;
}

/** Tells rows that carry none of these tags. */
function excludes(db: Sqlite, tagIds: readonly number[]): (row: TextRow) => boolean {
  if (tagIds.length === 0) return () => true;
  const find = db.prepare('SELECT 1 FROM image_tag WHERE image_id = ? AND tag_id = ?').pluck();
  return ({ id }) => !tagIds.some((tagId) => find.get(id, tagId) !== undefined);
}

const oneOf = (ids: readonly number[]): string =>
  `EXISTS (SELECT 1 FROM image_tag t WHERE t.image_id = m.image_id AND t.tag_id IN (${ids.map(() => '?').join(', ')}))`;

/** The same question as a condition over each image. */
function tagFilter({ and, or, not, folders }: TagQuery): RowFilter {
  const ranges = folderRanges(folders);
  const inside = ranges?.map(() => '(i.path >= ? AND i.path < ?)').join(' OR ');
  const conditions = [
    ...and.map((id) => oneOf([id])),
    ...(or.length > 0 ? [oneOf(or)] : []),
    ...(not.length > 0 ? [`NOT ${oneOf(not)}`] : []),
    ...(inside === undefined ? [] : [inside === '' ? '0' : `(${inside})`]),
  ];
  return {
    where: conditions.length === 0 ? '1' : conditions.join(' AND '),
    parameters: [...and, ...or, ...not, ...(ranges ?? []).flatMap(({ from, to }) => [from, to])],
  };
}

function prefilterByTags(db: Sqlite, query: TagQuery): Prefilter | undefined {
  const match = tagExpression(query);
  if (match === undefined) return undefined;
  const count = db.prepare<[number], number>('SELECT count FROM tag WHERE id = ?').pluck();
  const counts = query.and.map((id) => count.get(id) ?? 0);
  if (query.or.length > 0) counts.push(query.or.reduce((sum, id) => sum + (count.get(id) ?? 0), 0));
  return { table: 'search_tags', match, matches: Math.min(...counts) };
}

function shuffledPage(db: Sqlite, query: TagQuery, most: number): Page<IndexedImage> {
  const start = readOrderCursor(query.cursor, 'random') ?? { seed: newSeed(db), after: undefined };
  const size = checkedPageSize(query.size);
  const ordered = { ...start, sort: 'random', filter: tagFilter(query), size } as const;
  return pageInOrder(db, ordered, prefilterByTags(db, query), most);
}

/** Finds images by their tags: all of `and`, any of `or`, none of `not`. */
export function searchByTags(db: Sqlite, query: TagQuery, most = mostWalked): Page<IndexedImage> {
  if (query.random === true) return shuffledPage(db, query, most);
  const size = checkedPageSize(query.size);
  const ranges = folderRanges(query.folders);
  const match = tagExpression(query);
  const isAllowed = match === undefined ? excludes(db, query.not) : () => true;
  const accepts = (row: TextRow): boolean => isInside(ranges, row.path) && isAllowed(row);
  const before = readDateCursor(db, query.cursor);
  const rows =
    match === undefined
      ? dateStream(db, before, false)
      : documentStream(db, { table: 'search_tags', match, before });
  return collectPage(rows, size, accepts);
}
