import type { Sqlite } from '../../connection/sqlite.ts';
import { tagToken } from '../../tables/search-documents.ts';
import { matchExpression, ngramsExpression } from '../../../ngram-index/match-expression.ts';
import { textConstraints } from '../../../ngram-index/text-constraints.ts';
import { textExpression } from '../../../ngram-index/text-expression.ts';
import { trigrams } from '../../../ngram-index/trigrams.ts';
import type { CompiledQuery } from './compile-query.ts';
import { documentCount, ngramFrequencies, pathFrequencies } from './ngram-frequencies.ts';
import type { RowFilter } from './row-filter.ts';
import { vocabularyOf } from './vocabulary.ts';

/** A full-text question that every match answers. */
export interface Prefilter {
  readonly table: 'search_text' | 'search_path' | 'search_tags';
  /** An FTS5 expression. */
  readonly match: string;
  /** About how many images answer it; Infinity where nobody knows. */
  readonly matches: number;
  /** Whether so many answer it, or it is so dear to ask, that the newest images are looked through first. */
  readonly isBroad?: boolean;
  /** The same question to one image whose id this SQL expression gives, where it is one of tags alone. */
  readonly holdsFor?: (id: string) => RowFilter;
  /** What the answer leaves open of the plan's filter: all of it unless given. */
  readonly rest?: RowFilter;
}

/** What every image answers whose path or text contains all of these folded texts. */
export function textPrefilter(db: Sqlite, needles: readonly string[]): Prefilter | undefined {
  const knowledge = {
    vocabulary: vocabularyOf(db),
    frequency: ngramFrequencies(db),
  };
  const constraints = needles.flatMap((needle) => textConstraints(needle, knowledge));
  const expression = textExpression(constraints, documentCount(db));
  return expression && { table: 'search_text', ...expression };
}

/** What every image answers whose path contains this folded text. */
export function pathPrefilter(db: Sqlite, needle: string): Prefilter | undefined {
  return pathQuestion(matchExpression(needle, pathFrequencies(db)));
}

/** What every image answers whose path contains all of these folded texts. */
export function pathPrefilterOfAll(db: Sqlite, needles: readonly string[]): Prefilter | undefined {
  const ngrams = new Set(needles.flatMap(trigrams));
  return pathQuestion(ngrams.size === 0 ? undefined : ngramsExpression([...ngrams], pathFrequencies(db)));
}

const pathQuestion = (match: string | undefined): Prefilter | undefined =>
  match === undefined ? undefined : { table: 'search_path', match, matches: Infinity };

/** The FTS5 expression of images that carry one of these tags. */
export const anyTag = (ids: readonly number[]): string =>
  [...new Set(ids)].map((id) => `"${tagToken(id)}"`).join(' OR ');

/** How often tags are used, all of them together. */
export function tagUses(db: Sqlite): (ids: readonly number[]) => number {
  const count = db.prepare<[number], number>('SELECT count FROM tag WHERE id = ?').pluck();
  return (ids) => ids.reduce((sum, id) => sum + (count.get(id) ?? 0), 0);
}

/** More tags than this in one expression cost more than they save. */
const mostTags = 200;
// No tag has this id.
const noTag = 0;

/** The cheapest full-text question that every match of a query answers, if there is one. */
export function queryPrefilter(
  db: Sqlite,
  { required, requiredTags }: Pick<CompiledQuery, 'required' | 'requiredTags'>,
): Prefilter | undefined {
  const smallest = requiredTags.toSorted((a, b) => a.length - b.length)[0];
  if (smallest === undefined || smallest.length > mostTags) return textPrefilter(db, required);
  const match = anyTag(smallest.length === 0 ? [noTag] : smallest);
  return { table: 'search_tags', match, matches: tagUses(db)(smallest) };
}
