import type { IndexedImage, Page, SearchQuery } from '@iib-kit/catalog';
import { parseQuery, type QueryNode } from '@iib-kit/catalog/query';
import { networkKey } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';
import { compileQuery, networkName, tagTypes } from './compile-query.ts';
import { folderRanges } from './folders.ts';
import { pageOf } from './page-of-plan.ts';
import { queryPrefilter } from './prefilter.ts';
import type { SearchPlan } from './search-plan.ts';

/** Finds tags for a compiled query. */
export function tagIdsIn(db: Sqlite) {
  return (types: readonly string[] | undefined, text: string, isWhole: boolean): readonly number[] => {
    const ofType = types === undefined ? '' : `AND type IN (${types.map(() => '?').join(', ')})`;
    const test = isWhole ? 'equals_folded' : 'contains_folded';
    const areNetworks = types === tagTypes.lora;
    return db
      .prepare<string[], number>(
        `SELECT id FROM tag WHERE ${test}(${areNetworks ? networkName : 'name'}, ?) ${ofType}`,
      )
      .pluck()
      .all(areNetworks ? networkKey(text) : text, ...(types ?? []));
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

function planQuery(db: Sqlite, query: SearchQuery): SearchPlan {
  const compiled = compileQuery(wholeNode(query), { tagIds: tagIdsIn(db) });
  return {
    filter: { where: compiled.where, parameters: compiled.parameters },
    prefilter: queryPrefilter(db, compiled),
    ranges: folderRanges(query.folders),
  };
}

/** Finds images by a query text in the order asked for. Throws `invalid-query` and `invalid-cursor`. */
export function searchByQuery(db: Sqlite, query: SearchQuery, most?: number): Page<IndexedImage> {
  return pageOf(db, planQuery(db, query), query, most);
}
