import type { Sqlite } from '../../connection/sqlite.ts';
import type { DatePosition } from './cursor.ts';
import { imageColumns, type ImageRow } from './image-row.ts';
import type { Prefilter } from './prefilter.ts';
import { allOf, downTo, olderThan, type RowFilter } from './row-filter.ts';

/** Images that meet a condition, before a position; read no further than they are taken. */
export interface StreamedQuery {
  readonly filter: RowFilter;
  readonly before: DatePosition | undefined;
}

interface DocRange {
  readonly first: number;
  readonly last: number;
}

interface Head {
  row: ImageRow;
  readonly rest: IterableIterator<ImageRow>;
}

const isNewer = (a: DatePosition, b: DatePosition): boolean =>
  a.modified === b.modified ? a.id > b.id : a.modified > b.modified;

// SQLite leaves a table out that is joined from the left and not looked at.
const withMarks = 'LEFT JOIN image_mark k ON k.image_id = m.image_id';
const newestFirst = 'ORDER BY m.modified DESC, m.image_id DESC';

/** Along the order of all images, newest first, down to a position if one is given. */
export function dateStream(
  db: Sqlite,
  { filter, before }: StreamedQuery,
  last?: DatePosition,
): Iterable<ImageRow> {
  const { where, parameters } = allOf([downTo(last), olderThan(before), filter]);
  // By this index, of images that do not match no row is read but that of `image`.
  return db
    .prepare<(string | number)[], ImageRow>(
      `SELECT ${imageColumns} FROM media_info m INDEXED BY media_info_by_date
       CROSS JOIN image i ON i.id = m.image_id ${withMarks} WHERE ${where} ${newestFirst}`,
    )
    .iterate(...parameters);
}

/** The same by gathering and sorting all that match: for conditions that SQLite finds an index of paths for. */
export function folderStream(db: Sqlite, { filter, before }: StreamedQuery): Iterable<ImageRow> {
  const { where, parameters } = allOf([filter, olderThan(before)]);
  return db
    .prepare<(string | number)[], ImageRow>(
      `SELECT ${imageColumns} FROM image i CROSS JOIN media_info m ON m.image_id = i.id ${withMarks}
       WHERE ${where} ${newestFirst}`,
    )
    .iterate(...parameters);
}

// Enough for a page where a tenth of the images match, little enough to be looked through in milliseconds.
const lookedThrough = 2000;

/** The position of the last of so many images before another; undefined where there are fewer. */
function positionAfter(
  db: Sqlite,
  before: DatePosition | undefined,
  count: number,
): DatePosition | undefined {
  const { where, parameters } = allOf([olderThan(before)]);
  return db
    .prepare<(string | number)[], DatePosition>(
      `SELECT m.modified, m.image_id AS id FROM media_info m WHERE ${where} ${newestFirst} LIMIT 1 OFFSET ${
        count - 1
      }`,
    )
    .get(...parameters);
}

/** Images that answer a full-text question as well, newest first. */
export function* documentStream(
  db: Sqlite,
  query: StreamedQuery & { readonly prefilter: Prefilter },
): Generator<ImageRow> {
  const { prefilter, before } = query;
  const last = prefilter.isBroad === true ? positionAfter(db, before, lookedThrough) : undefined;
  if (last === undefined) {
    yield* answersOf(db, prefilter, query);
    return;
  }
  yield* dateStream(db, query, last);
  yield* answersOf(db, prefilter, { ...query, before: last });
}

function* answersOf(
  db: Sqlite,
  { table, match }: Prefilter,
  { filter, before }: StreamedQuery,
): Generator<ImageRow> {
  // CROSS JOIN keeps SQLite from driving the query by the images, which would lose the order.
  const rowsOf = ({ first, last }: DocRange): IterableIterator<ImageRow> =>
    db
      .prepare<(string | number)[], ImageRow>(
        `SELECT ${imageColumns} FROM ${table} f
         CROSS JOIN media_info m ON m.doc = f.rowid CROSS JOIN image i ON i.id = m.image_id ${withMarks}
         WHERE f.${table} MATCH ? AND f.rowid BETWEEN ? AND ? AND ${filter.where} ORDER BY f.rowid DESC`,
      )
      .iterate(match, first, last, ...filter.parameters);
  yield* mergeByDate(runsBefore(db, before).map(rowsOf));
}

/** The runs of documents in the order of time, each cut off at a position. */
function runsBefore(db: Sqlite, before: DatePosition | undefined): DocRange[] {
  const runs = db
    .prepare<[], DocRange>(
      'SELECT first_doc AS first, last_doc AS last FROM search_run ORDER BY first_doc DESC',
    )
    .all();
  if (before === undefined) return runs;
  return runs
    .map((run) => ({ first: run.first, last: lastBefore(db, run, before) }))
    .filter(({ first, last }) => last >= first);
}

/** The last document of a run that is older than a position, found by halving since the run is in order. */
function lastBefore(db: Sqlite, { first, last }: DocRange, before: DatePosition): number {
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

function* mergeByDate(streams: readonly IterableIterator<ImageRow>[]): Generator<ImageRow> {
  const heads: Head[] = [];
  try {
    for (const rest of streams) {
      const first = rest.next();
      if (first.done !== true) heads.push({ row: first.value, rest });
    }
    while (heads.length > 0) {
      const newest = heads.reduce((a, b) => (isNewer(b.row, a.row) ? b : a));
      yield newest.row;
      const next = newest.rest.next();
      if (next.done === true) heads.splice(heads.indexOf(newest), 1);
      else newest.row = next.value;
    }
  } finally {
    for (const { rest } of heads) rest.return?.();
  }
}
