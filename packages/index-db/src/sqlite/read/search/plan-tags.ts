import type { IndexedImage, Page, TagQuery } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';
import { folderRanges } from './folders.ts';
import { pageOf } from './page-of-plan.ts';
import { anyTag, type Prefilter, tagUses } from './prefilter.ts';
import { allOf, insideOf, type RowFilter } from './row-filter.ts';
import type { SearchPlan } from './search-plan.ts';

/** The sets of tags of which every match carries one. */
const wantedSets = ({ and, or }: TagQuery): readonly (readonly number[])[] => [
  ...and.map((id) => [id]),
  ...(or.length > 0 ? [or] : []),
];

const carriesOne = (id: string, tagIds: readonly number[]): RowFilter => ({
  where: `EXISTS (SELECT 1 FROM image_tag t WHERE t.image_id = ${id} AND t.tag_id IN (${tagIds.map(() => '?').join(', ')}))`,
  parameters: tagIds,
});

function carriesNone(id: string, tagIds: readonly number[]): RowFilter | undefined {
  if (tagIds.length === 0) return undefined;
  const { where, parameters } = carriesOne(id, tagIds);
  return { where: `NOT ${where}`, parameters };
}

/** The table of tags answers all but the folders; nothing where tags are only excluded. */
function tagPrefilter(
  db: Sqlite,
  query: TagQuery,
  plan: Required<Pick<Prefilter, 'holdsFor' | 'rest'>>,
): Prefilter | undefined {
  const wanted = wantedSets(query);
  if (wanted.length === 0) return undefined;
  const all = wanted.map((ids) => `(${anyTag(ids)})`).join(' AND ');
  return {
    table: 'search_tags',
    match: query.not.length > 0 ? `(${all}) NOT (${anyTag(query.not)})` : all,
    matches: Math.min(...wanted.map(tagUses(db))),
    ...plan,
  };
}

/** How images are found that carry all of these tags; `rest` is what else they must meet. */
export function planCarried(
  db: Sqlite,
  tags: readonly number[],
  rest: RowFilter,
): Pick<SearchPlan, 'filter' | 'prefilter'> {
  const query = { and: tags, or: [], not: [] };
  const holdsFor = (id: string): RowFilter => allOf(tags.map((tag) => carriesOne(id, [tag])));
  return { filter: holdsFor('m.image_id'), prefilter: tagPrefilter(db, query, { holdsFor, rest }) };
}

function planTags(db: Sqlite, query: TagQuery): SearchPlan {
  const ranges = folderRanges(query.folders);
  const rest = allOf([insideOf(ranges)]);
  const holdsFor = (id: string): RowFilter =>
    allOf([...wantedSets(query).map((ids) => carriesOne(id, ids)), carriesNone(id, query.not)]);
  return {
    filter: allOf([holdsFor('m.image_id'), rest]),
    prefilter: tagPrefilter(db, query, { holdsFor, rest }),
    ranges,
  };
}

/** Finds images by their tags: all of `and`, any of `or`, none of `not`. Throws `invalid-cursor`. */
export function searchByTags(db: Sqlite, query: TagQuery, most?: number): Page<IndexedImage> {
  const { random = false, cursor, size } = query;
  return pageOf(db, planTags(db, query), { sort: random ? 'random' : 'newest', cursor, size }, most);
}
