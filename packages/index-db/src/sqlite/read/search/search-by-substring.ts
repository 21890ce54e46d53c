import { type IndexedImage, IndexError, mediaTypes, type Page, type SubstringQuery } from '@iib-kit/catalog';
import { baseName, type FolderRange, foldText, isBeyondAscii, regexpLiterals } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';
import { checkedPageSize, collectPage } from './collect-page.ts';
import { type DatePosition, readDateCursor } from './cursor.ts';
import {
  dateStream,
  type DocumentQuery,
  documentStream,
  type SearchedText,
  testedStream,
} from './document-stream.ts';
import { areSmall, folderRanges, folderStream, isInside } from './folder-filter.ts';
import type { TextRow } from './image-row.ts';
import { matchExpression, ngramsExpression } from '../../../ngram-index/match-expression.ts';
import { prefilterByText } from './text-prefilter.ts';
import { pathFrequencies } from './ngram-frequencies.ts';
import { trigrams } from '../../../ngram-index/trigrams.ts';

type Accepts = (row: TextRow) => boolean;
type ContentTest = (searched: SearchedText) => boolean;

/** Looks for an expression in the text, the path, and the file's name by itself. Throws `invalid-regexp`. */
function regexpFilter(source: string, pathOnly: boolean): ContentTest {
  let expression: RegExp;
  try {
    expression = new RegExp(source, 'ims');
  } catch (error) {
    throw new IndexError('invalid-regexp', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
  return ({ path, text }) =>
    expression.test(path) || expression.test(baseName(path)) || (!pathOnly && expression.test(text ?? ''));
}

function substringFilter(needle: string, pathOnly: boolean): ContentTest {
  return ({ path, text }) =>
    foldText(path).includes(needle) || (!pathOnly && foldText(text ?? '').includes(needle));
}

function mediaFilter(mediaType: SubstringQuery['mediaType']): Accepts | undefined {
  if (mediaType === undefined || mediaType === 'all') return undefined;
  const media = mediaTypes.indexOf(mediaType);
  return (row) => row.media === media;
}

interface Narrowing {
  readonly question: Pick<DocumentQuery, 'table' | 'match' | 'isBroad'> | undefined;
  /** Plain ASCII that every match contains. */
  readonly contains: string | undefined;
}

const longest = (texts: readonly string[]): string | undefined =>
  texts.reduce<string | undefined>(
    (best, text) => (text.length > (best?.length ?? 0) ? text : best),
    undefined,
  );

function askPaths(
  db: Sqlite,
  needle: string,
  literals: readonly string[] | undefined,
): Narrowing['question'] {
  const frequency = pathFrequencies(db);
  const pieces = literals?.flatMap(trigrams) ?? [];
  const match =
    literals === undefined
      ? matchExpression(needle, frequency)
      : pieces.length === 0
        ? undefined
        : ngramsExpression([...new Set(pieces)], frequency);
  return match === undefined ? undefined : { table: 'search_path', match };
}

function askTexts(db: Sqlite, needles: readonly string[]): Narrowing['question'] {
  const expression = prefilterByText(db, needles);
  return expression && { table: 'search_text', ...expression };
}

/** What narrows the search: pieces of the needle, or those that every match of the expression contains. */
function narrowing(db: Sqlite, needle: string, regexp: string | undefined, pathOnly: boolean): Narrowing {
  const literals = regexp === undefined ? undefined : regexpLiterals(regexp);
  const ascii = needle === '' || isBeyondAscii(needle) ? undefined : needle;
  return {
    question: pathOnly ? askPaths(db, needle, literals) : askTexts(db, literals ?? [needle]),
    contains: literals === undefined ? ascii : longest(literals),
  };
}

function contentTest(needle: string, regexp: string | undefined, pathOnly: boolean): ContentTest | undefined {
  if (regexp !== undefined) return regexpFilter(regexp, pathOnly);
  return needle === '' ? undefined : substringFilter(needle, pathOnly);
}

/** Finds images by a piece of their path or text, or by an expression, newest first. */
export function searchBySubstring(db: Sqlite, query: SubstringQuery): Page<IndexedImage> {
  const { text = '', pathOnly = false, cursor } = query;
  const regexp = query.regexp === '' ? undefined : query.regexp;
  const size = checkedPageSize(query.size);
  const before = readDateCursor(db, cursor);
  const ranges = folderRanges(query.folders);
  const needle = regexp === undefined ? foldText(text) : '';
  const filters: Accepts[] = [];
  const media = mediaFilter(query.mediaType);
  if (media !== undefined) filters.push(media);
  if (ranges !== undefined) filters.push((row) => isInside(ranges, row.path));
  const content = contentTest(needle, regexp, pathOnly);
  if (content !== undefined) filters.push(content);
  const sought = { ranges, before, content, pathOnly };
  const rows = candidates(db, { ...sought, ...narrowing(db, needle, regexp, pathOnly) });
  return collectPage(rows, size, (row) => filters.every((accepts) => accepts(row)));
}

interface Candidates extends Narrowing {
  readonly ranges: readonly FolderRange[] | undefined;
  readonly before: DatePosition | undefined;
  readonly content: ContentTest | undefined;
  readonly pathOnly: boolean;
}

function candidates(
  db: Sqlite,
  { ranges, before, content, pathOnly, question, contains }: Candidates,
): Iterable<TextRow> {
  // Texts are most of what there is to read.
  const withText = content !== undefined && !pathOnly;
  if (ranges !== undefined && areSmall(db, ranges)) return folderStream(db, ranges, before, withText);
  if (question === undefined) {
    return withText ? testedStream(db, before, content) : dateStream(db, before, false);
  }
  return documentStream(db, { ...question, contains, before });
}
