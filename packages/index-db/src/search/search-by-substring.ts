import { IndexError } from '../index-error.ts';
import { type IndexedImage, mediaTypes, type Page, type SubstringQuery } from '../image-index.ts';
import { baseName } from '../query/sql-functions.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { checkedPageSize, collectPage } from './collect-page.ts';
import { type DatePosition, readDatePosition } from './date-position.ts';
import { dateStream, documentStream } from './document-stream.ts';
import { areSmall, folderRanges, folderStream, isInside } from './folder-filter.ts';
import { foldText, isBeyondAscii } from './fold-text.ts';
import type { TextRow } from './image-row.ts';
import type { FolderRange } from './folder-range.ts';
import { matchExpression, piecesExpression } from './match-expression.ts';
import { pieceFrequencies } from './piece-frequencies.ts';
import { regexpLiterals } from './regexp-literals.ts';
import { trigrams } from './trigrams.ts';

type Accepts = (row: TextRow) => boolean;

/** Looks for an expression in the text, the path, and the file's name by itself. Throws `invalid-regexp`. */
function regexpFilter(source: string, pathOnly: boolean): Accepts {
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

function substringFilter(needle: string, pathOnly: boolean): Accepts {
  return ({ path, text }) =>
    foldText(path).includes(needle) || (!pathOnly && foldText(text ?? '').includes(needle));
}

function mediaFilter(mediaType: SubstringQuery['mediaType']): Accepts | undefined {
  if (mediaType === undefined || mediaType === 'all') return undefined;
  const media = mediaTypes.indexOf(mediaType);
  return (row) => row.media === media;
}

interface Narrowing {
  readonly match: string | undefined;
  /** Plain ASCII that every match contains. */
  readonly contains: string | undefined;
}

const longest = (texts: readonly string[]): string | undefined =>
  texts.reduce<string | undefined>(
    (best, text) => (text.length > (best?.length ?? 0) ? text : best),
    undefined,
  );

/** What narrows the search: pieces of the needle, or those that every match of the expression contains. */
function narrowing(db: Sqlite, needle: string, regexp: string | undefined): Narrowing {
  const frequency = pieceFrequencies(db);
  if (regexp === undefined) {
    const contains = needle === '' || isBeyondAscii(needle) ? undefined : needle;
    return { match: matchExpression(needle, frequency), contains };
  }
  const literals = regexpLiterals(regexp);
  const pieces = [...new Set(literals.flatMap(trigrams))];
  const match = pieces.length === 0 ? undefined : piecesExpression(pieces, frequency);
  return { match, contains: longest(literals) };
}

/** Finds images by a piece of their path or text, or by an expression, newest first. */
export function searchBySubstring(db: Sqlite, query: SubstringQuery): Page<IndexedImage> {
  const { text = '', pathOnly = false, cursor } = query;
  const regexp = query.regexp === '' ? undefined : query.regexp;
  const size = checkedPageSize(query.size);
  const before = readDatePosition(db, cursor);
  const ranges = folderRanges(query.folders);
  const needle = regexp === undefined ? foldText(text) : '';
  const filters: Accepts[] = [];
  const media = mediaFilter(query.mediaType);
  if (media !== undefined) filters.push(media);
  if (ranges !== undefined) filters.push((row) => isInside(ranges, row.path));
  if (regexp !== undefined) filters.push(regexpFilter(regexp, pathOnly));
  else if (needle !== '') filters.push(substringFilter(needle, pathOnly));
  const rows = candidates(db, { ranges, before, pathOnly, ...narrowing(db, needle, regexp) });
  return collectPage(rows, size, (row) => filters.every((accepts) => accepts(row)));
}

interface Candidates extends Narrowing {
  readonly ranges: readonly FolderRange[] | undefined;
  readonly before: DatePosition | undefined;
  readonly pathOnly: boolean;
}

function candidates(
  db: Sqlite,
  { ranges, before, pathOnly, match, contains }: Candidates,
): Iterable<TextRow> {
  if (ranges !== undefined && areSmall(db, ranges)) return folderStream(db, ranges, before, true);
  if (match === undefined) return dateStream(db, before, true);
  return documentStream(db, { table: pathOnly ? 'search_path' : 'search_text', match, contains, before });
}
