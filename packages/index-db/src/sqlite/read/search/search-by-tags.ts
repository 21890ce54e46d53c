import type { IndexedImage, Page, TagQuery } from '@iib-kit/catalog';
import { tagToken } from '../../tables/search-documents.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { checkedPageSize, collectPage } from './collect-page.ts';
import { readDatePosition } from './date-position.ts';
import { dateStream, documentStream } from './document-stream.ts';
import { folderRanges, isInside } from './folder-filter.ts';
import type { TextRow } from './image-row.ts';
import { randomPage } from './random-page.ts';

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

/** Tells ids of images with all of `and`, any of `or` and none of `not`. */
function tagTest(db: Sqlite, { and, or, not }: TagQuery): (id: number) => boolean {
  const find = db.prepare<[number, number]>('SELECT 1 FROM image_tag WHERE image_id = ? AND tag_id = ?');
  return (id) => {
    const has = (tagId: number): boolean => find.get(id, tagId) !== undefined;
    return and.every(has) && (or.length === 0 || or.some(has)) && !not.some(has);
  };
}

/** Finds images by their tags: all of `and`, any of `or`, none of `not`. */
export function searchByTags(db: Sqlite, query: TagQuery): Page<IndexedImage> {
  const size = checkedPageSize(query.size);
  const ranges = folderRanges(query.folders);
  const match = tagExpression(query);
  const isAllowed = match === undefined ? excludes(db, query.not) : () => true;
  const accepts = (row: TextRow): boolean => isInside(ranges, row.path) && isAllowed(row);
  if (query.random === true)
    return randomPage(db, { match, matches: tagTest(db, query), accepts, cursor: query.cursor, size });
  const before = readDatePosition(db, query.cursor);
  const rows =
    match === undefined
      ? dateStream(db, before, false)
      : documentStream(db, { table: 'search_tags', match, before });
  return collectPage(rows, size, accepts);
}
