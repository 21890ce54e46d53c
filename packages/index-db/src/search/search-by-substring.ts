import { IndexError } from '../index-error.ts';
import { type IndexedImage, mediaTypes, type Page, type SubstringQuery } from '../image-index.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { checkedPageSize, collectPage } from './collect-page.ts';
import { readDatePosition } from './date-position.ts';
import { dateStream, documentStream } from './document-stream.ts';
import { areSmall, folderRanges, folderStream, isInside } from './folder-filter.ts';
import { foldText } from './fold-text.ts';
import type { TextRow } from './image-row.ts';
import { matchExpression } from './match-expression.ts';

type Accepts = (row: TextRow) => boolean;

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

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

/** Finds images by a piece of their path or text, newest first. */
export function searchBySubstring(db: Sqlite, query: SubstringQuery): Page<IndexedImage> {
  const { text = '', regexp, pathOnly = false } = query;
  const size = checkedPageSize(query.size);
  const before = readDatePosition(db, query.cursor);
  const ranges = folderRanges(query.folders);
  const isRegexp = regexp !== undefined && regexp !== '';
  const needle = isRegexp ? '' : foldText(text);
  const filters: Accepts[] = [];
  const media = mediaFilter(query.mediaType);
  if (media !== undefined) filters.push(media);
  if (ranges !== undefined) filters.push((row) => isInside(ranges, row.path));
  if (isRegexp) filters.push(regexpFilter(regexp, pathOnly));
  else if (needle !== '') filters.push(substringFilter(needle, pathOnly));
  const withText = isRegexp || needle !== '';
  const match = matchExpression(needle);
  let rows: Iterable<TextRow>;
  if (ranges !== undefined && areSmall(db, ranges)) rows = folderStream(db, ranges, before, withText);
  else if (match !== undefined)
    rows = documentStream(db, { table: pathOnly ? 'search_path' : 'search_text', match, before });
  else rows = dateStream(db, before, withText);
  return collectPage(rows, size, (row) => filters.every((accepts) => accepts(row)));
}
