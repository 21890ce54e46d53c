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

interface RangeRow {
  readonly first: number;
  readonly last: number;
  readonly documents: number;
  readonly modified: number;
  readonly id: number;
}

/** To find where a run goes on and begin to read it costs as much as to gather so many documents. */
const gatheredInstead = 100;
/** The part of all documents that is taken to answer where nobody knows. */
const unknownPart = 0.05;

/** Where the documents lie that are older than a position: runs each, but those with few answers together with their neighbours. */
export function docRanges(db: Sqlite, { matches }: Prefilter, before: DatePosition | undefined): DocRange[] {
  const { runs, documents } = db
    .prepare<[], { runs: number; documents: number }>(
      `SELECT count(*) AS runs, coalesce(sum(last_doc - first_doc + 1), 0) AS documents
       FROM search_run WHERE last_doc >= first_doc`,
    )
    .get() ?? { runs: 0, documents: 0 };
  if (runs === 0) return [];
  const part = Number.isFinite(matches) ? matches / documents : unknownPart;
  const toRange = (row: RangeRow, isSorted: boolean): DocRange => ({
    first: row.first,
    last: row.last,
    documents: row.documents,
    answers: row.documents * part,
    newest: { modified: row.modified, id: row.id },
    isSorted,
  });
  const mostGathered = runs === 1 ? 0 : gatheredInstead / part;
  const large = largeRuns(db, mostGathered);
  const sorted = large.map((row) => toRange(row, true));
  const gathered =
    large.length === runs ? [] : smallRuns(db, mostGathered, large).map((row) => toRange(row, false));
  return [...sorted, ...gathered].flatMap((range) => olderPart(db, range, before) ?? []);
}

/** The small runs in front of, between and behind the large ones, taken together. */
function smallRuns(db: Sqlite, mostGathered: number, large: readonly RangeRow[]): RangeRow[] {
  const between = db.prepare<[number, number, number], RangeRow>(
    // Of several that end at one time, none is later than the greatest id there is.
    `SELECT min(first_doc) AS first, max(last_doc) AS last, sum(last_doc - first_doc + 1) AS documents,
       max(last_modified) AS modified, ${Number.MAX_SAFE_INTEGER} AS id
     FROM search_run WHERE first_doc > ? AND first_doc < ? AND last_doc - first_doc + 1 BETWEEN 1 AND ?
     HAVING count(*) > 0`,
  );
  const ends = [-1, ...large.map(({ last }) => last)];
  return ends.flatMap(
    (end, at) => between.get(end, large[at]?.first ?? Number.MAX_SAFE_INTEGER, mostGathered) ?? [],
  );
}

function largeRuns(db: Sqlite, mostGathered: number): RangeRow[] {
  return db
    .prepare<[number], RangeRow>(
      `SELECT first_doc AS first, last_doc AS last, last_doc - first_doc + 1 AS documents,
         last_modified AS modified, last_image_id AS id
       FROM search_run WHERE last_doc - first_doc + 1 > ? ORDER BY first_doc`,
    )
    .all(mostGathered);
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
