import type { Sqlite } from '../../connection/sqlite.ts';
import { type DatePosition, isNewer } from './cursor.ts';
import type { Prefilter } from './prefilter.ts';

/** Numbers of documents, whose runs are read together. */
export interface DocRange {
  readonly first: number;
  readonly last: number;
  /** How many documents it has at the most. */
  readonly documents: number;
  /** About how many of them answer. */
  readonly answers: number;
  /** No document in it is newer. */
  readonly newest: DatePosition;
  /** Whether numbers rise with time. */
  readonly isSorted: boolean;
}

interface RunRow {
  readonly first: number;
  readonly last: number;
  readonly modified: number;
  readonly id: number;
}

/** To find where a run goes on and begin to read it costs as much as to gather so many documents. */
const gatheredInstead = 400;
/** The part of all documents that is taken to answer where nobody knows. */
const unknownPart = 0.05;

/** Where the documents lie that are older than a position: runs each, but those with few answers together with their neighbours. */
export function docRanges(db: Sqlite, { matches }: Prefilter, before: DatePosition | undefined): DocRange[] {
  const runs = db
    .prepare<[], RunRow>(
      `SELECT first_doc AS first, last_doc AS last, last_modified AS modified, last_image_id AS id
       FROM search_run WHERE last_doc >= first_doc ORDER BY first_doc`,
    )
    .all();
  const total = runs.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const part = Number.isFinite(matches) ? matches / total : unknownPart;
  const ranges: DocRange[] = [];
  for (const { first, last, modified, id } of runs) {
    const documents = last - first + 1;
    const answers = documents * part;
    const run = { first, last, documents, answers, newest: { modified, id } };
    const isSmall = answers <= gatheredInstead;
    const previous = ranges.at(-1);
    if (isSmall && previous?.isSorted === false) {
      const newest = isNewer(run.newest, previous.newest) ? run.newest : previous.newest;
      ranges.splice(-1, 1, {
        ...previous,
        last,
        documents: previous.documents + documents,
        answers: previous.answers + answers,
        newest,
      });
    } else ranges.push({ ...run, isSorted: !isSmall || runs.length === 1 });
  }
  return ranges.flatMap((range) => olderPart(db, range, before) ?? []);
}

/** What of a range is older than a position, as far as its order tells; undefined where nothing is. */
function olderPart(db: Sqlite, range: DocRange, before: DatePosition | undefined): DocRange | undefined {
  if (before === undefined || isNewer(before, range.newest)) return range;
  if (!range.isSorted) return { ...range, newest: before };
  const last = lastBefore(db, range, before);
  return last < range.first ? undefined : { ...range, last, newest: before };
}

/** The last document of a run that is older than a position, found by halving since the run is in order. */
function lastBefore(
  db: Sqlite,
  { first, last }: Pick<DocRange, 'first' | 'last'>,
  before: DatePosition,
): number {
  const next = db.prepare<[number, number], DatePosition & { doc: number }>(
    'SELECT doc, modified, image_id AS id FROM media_info WHERE doc BETWEEN ? AND ? ORDER BY doc LIMIT 1',
  );
  let low = first;
  let high = last + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = next.get(middle, last);
    if (row === undefined || !isNewer(before, row)) high = middle;
    else low = row.doc + 1;
  }
  return low - 1;
}
