import { type IndexedImage, mediaTypes, type Page, type SubstringQuery } from '@iib-kit/catalog';
import { foldText, regexpLiterals } from '@iib-kit/catalog/text';
import { compileRegexp } from '../../connection/compile-regexp.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { containsText } from './compile-query.ts';
import { folderRanges } from './folders.ts';
import { pageOf } from './page-of-plan.ts';
import { pathPrefilter, pathPrefilterOfAll, textPrefilter, type Prefilter } from './prefilter.ts';
import { planCarried } from './plan-tags.ts';
import { allOf, insideOf, mayContain, type RowFilter } from './row-filter.ts';
import type { SearchPlan } from './search-plan.ts';

/** What is looked for in paths and texts. */
type ContentPlan = Pick<SearchPlan, 'filter' | 'prefilter'>;

const containsPath = (needle: string): RowFilter => ({
  where: 'contains_folded(i.path, ?)',
  parameters: [needle],
});

function planText(db: Sqlite, needle: string, pathOnly: boolean): ContentPlan {
  return pathOnly
    ? { filter: containsPath(needle), prefilter: pathPrefilter(db, needle) }
    : { filter: containsText(needle), prefilter: textPrefilter(db, [needle]) };
}

/** Looks in the text, the path, and the file's name by itself. */
function planExpression(db: Sqlite, regexp: string, pathOnly: boolean): ContentPlan {
  const { source } = compileRegexp(regexp);
  const literals = regexpLiterals(source);
  if (pathOnly) {
    const test = { where: 'matches_regexp(?, i.path, NULL)', parameters: [source] };
    return { filter: test, prefilter: pathPrefilterOfAll(db, literals) };
  }
  const longest = literals.toSorted((a, b) => b.length - a.length)[0] ?? '';
  const test = { where: `matches_regexp(?, i.path, coalesce(i.exif, ''))`, parameters: [source] };
  return { filter: allOf([mayContain(longest), test]), prefilter: textPrefilter(db, literals) };
}

function planContent(db: Sqlite, { text = '', regexp = '', pathOnly = false }: SubstringQuery): ContentPlan {
  if (regexp !== '') return planExpression(db, regexp, pathOnly);
  const needle = foldText(text);
  return needle === '' ? { filter: allOf([]) } : planText(db, needle, pathOnly);
}

function ofMedia(mediaType: SubstringQuery['mediaType']): RowFilter | undefined {
  if (mediaType === undefined || mediaType === 'all') return undefined;
  return { where: 'm.media = ?', parameters: [mediaTypes.indexOf(mediaType)] };
}

function planSubstring(db: Sqlite, query: SubstringQuery): SearchPlan {
  const content = planContent(db, query);
  const ranges = folderRanges(query.folders);
  const filter = allOf([ofMedia(query.mediaType), insideOf(ranges), content.filter]);
  const { tags = [] } = query;
  if (tags.length === 0) return { filter, prefilter: content.prefilter, ranges };
  const carried = planCarried(db, tags, filter);
  return {
    filter: allOf([carried.filter, filter]),
    prefilter: rarer(carried.prefilter, content.prefilter),
    ranges,
  };
}

const rarer = (one: Prefilter | undefined, other: Prefilter | undefined): Prefilter | undefined =>
  one === undefined || (other !== undefined && other.matches < one.matches) ? other : one;

/** Finds images by a part of their path or text, or by an expression, newest first. Throws `invalid-regexp` and `invalid-cursor`. */
export function searchBySubstring(db: Sqlite, query: SubstringQuery): Page<IndexedImage> {
  return pageOf(db, planSubstring(db, query), {
    cursor: query.cursor,
    size: query.size,
  });
}
