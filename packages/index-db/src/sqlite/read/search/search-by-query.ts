import type { IndexedImage, Page, SearchQuery } from '@iib-kit/catalog';
import { parseQuery, type QueryNode } from '@iib-kit/catalog/query';
import { type CompiledQuery, compileQuery } from './compile-query.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { tagToken } from '../../tables/search-documents.ts';
import { checkedPageSize, collectPage } from './collect-page.ts';
import { readDateCursor, readOrderCursor } from './cursor.ts';
import { mostWalked, pageInOrder, type Prefilter } from './page-in-order.ts';
import { documentStream, filteredDateStream } from './document-stream.ts';
import { prefilterByText } from './text-prefilter.ts';
import { newSeed } from './walk-order.ts';

/** More tags than this in one expression cost more than they save. */
const maxPrefilterTags = 200;

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

/** The cheapest full-text question that every match answers, if there is one. */
export function prefilterOf(db: Sqlite, { required, requiredTags }: CompiledQuery): Prefilter | undefined {
  const smallest = requiredTags.toSorted((a, b) => a.length - b.length)[0];
  if (smallest !== undefined && smallest.length <= maxPrefilterTags) {
    // No tag has the id 0, so it stands for none at all.
    const ids = smallest.length === 0 ? [0] : smallest;
    const count = db.prepare<[number], number>('SELECT count FROM tag WHERE id = ?').pluck();
    const matches = ids.reduce((sum, id) => sum + (count.get(id) ?? 0), 0);
    return { table: 'search_tags', match: ids.map((id) => `"${tagToken(id)}"`).join(' OR '), matches };
  }
  const expression = prefilterByText(db, required);
  return expression && { table: 'search_text', ...expression };
}

/** Finds images by a query text in the order asked for. */
export function searchByQuery(db: Sqlite, query: SearchQuery, most = mostWalked): Page<IndexedImage> {
  const { sort = 'newest', cursor } = query;
  const size = checkedPageSize(query.size);
  const compiled = compileQuery(wholeNode(query), { tagIds: tagIdsIn(db) });
  const prefilter = prefilterOf(db, compiled);
  const filter = { where: compiled.where, parameters: compiled.parameters };
  if (sort !== 'newest') {
    const start = readOrderCursor(cursor, sort) ?? { seed: newSeed(db), after: undefined };
    return pageInOrder(db, { ...start, sort, filter, size }, prefilter, most);
  }
  const before = readDateCursor(db, cursor);
  const rows =
    prefilter === undefined
      ? filteredDateStream(db, before, filter)
      : documentStream(db, { ...prefilter, before, filter });
  return collectPage(rows, size, () => true);
}
