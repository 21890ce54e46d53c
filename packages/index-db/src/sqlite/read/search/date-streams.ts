import type { Sqlite } from '../../connection/sqlite.ts';
import type { DatePosition } from './cursor.ts';
import { type DocRange, docRanges } from './doc-ranges.ts';
import { imageColumns, type ImageRow } from './image-row.ts';
import { lazilyMerged } from './lazily-merged.ts';
import type { Prefilter } from './prefilter.ts';
import { allOf, downTo, olderThan, type RowFilter } from './row-filter.ts';

/** Images that meet a condition, before a position; read no further than they are taken. */
export interface StreamedQuery {
  readonly filter: RowFilter;
  readonly before: DatePosition | undefined;
}

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

/** Of a range in order, its documents as they are taken; of others, all positions first, sorted. */
function* answersOf(
  db: Sqlite,
  prefilter: Prefilter,
  { filter, before }: StreamedQuery,
): Generator<ImageRow> {
  const streams = docRanges(db, prefilter, before).map((range) => ({
    newest: range.newest,
    open: () => (range.isSorted ? sortedAnswers : gatheredAnswers)(db, { prefilter, range, filter, before }),
  }));
  yield* lazilyMerged(streams);
}

interface RangeQuery extends StreamedQuery {
  readonly prefilter: Prefilter;
  readonly range: DocRange;
}

/**
 * Numbers are bound as floating-point ones, and by such FTS5 does not seek: it would step over all answers that come before
 * the first of these.
 */
const betweenDocs = 'BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)';

function sortedAnswers(db: Sqlite, { prefilter, range, filter }: RangeQuery): IterableIterator<ImageRow> {
  const { table, match } = prefilter;
  // CROSS JOIN keeps SQLite from driving the query by the images, which would lose the order.
  return db
    .prepare<(string | number)[], ImageRow>(
      `SELECT ${imageColumns} FROM ${table} f
       CROSS JOIN media_info m ON m.doc = f.rowid CROSS JOIN image i ON i.id = m.image_id ${withMarks}
       WHERE f.${table} MATCH ? AND f.rowid ${betweenDocs} AND ${filter.where} ORDER BY f.rowid DESC`,
    )
    .iterate(match, range.first, range.last, ...filter.parameters);
}

const positionsAtOnce = 200;

/** Texts are looked into only as far as they are taken. */
function* gatheredAnswers(db: Sqlite, query: RangeQuery): Generator<ImageRow> {
  const { filter } = query;
  const find = db.prepare<(string | number)[], ImageRow>(
    `SELECT ${imageColumns} FROM json_each(?) p CROSS JOIN media_info m ON m.image_id = p.value
     CROSS JOIN image i ON i.id = m.image_id ${withMarks} WHERE ${filter.where}`,
  );
  for (const ids of gatheredIds(db, query)) {
    for (let start = 0; start < ids.length; start += positionsAtOnce)
      yield* find.iterate(JSON.stringify(ids.slice(start, start + positionsAtOnce)), ...filter.parameters);
  }
}

/** A page of answers, and some more that are found not to match. */
const answersForPage = 300;
/** To find the time of an answer costs as much as to pass so many images in the order of time. */
const passedInstead = 2;

/** So many answers are worth a look at the newest images before they are told one by one. */
const manyAnswers = 2000;

/** First those among the newest images, where passing these costs less than to find the time of each answer. */
function* gatheredIds(db: Sqlite, { prefilter, range, before }: RangeQuery): Generator<readonly number[]> {
  const { table, match } = prefilter;
  const answers = {
    sql: `SELECT rowid FROM ${table} WHERE ${table} MATCH ? AND rowid ${betweenDocs}`,
    parameters: [match, range.first, range.last],
  };
  const passedFor = (count: number): number => Math.ceil((answersForPage * range.documents) / count);
  let last: DatePosition | undefined;
  if (range.answers > manyAnswers) {
    last = positionAfter(db, range.newest, passedFor(range.answers));
    if (last !== undefined) yield idsAlongTime(db, answers, { before, last, newest: range.newest });
  }
  const docs = db
    .prepare<(string | number)[], number>(answers.sql)
    .pluck()
    .all(...answers.parameters);
  if (docs.length === 0) return;
  const numbers = JSON.stringify(docs);
  const passed = passedFor(docs.length);
  if (last === undefined && passed < passedInstead * docs.length) {
    last = positionAfter(db, range.newest, passed);
    const listed = { sql: 'SELECT value FROM json_each(?)', parameters: [numbers] };
    if (last !== undefined) yield idsAlongTime(db, listed, { before, last, newest: range.newest });
  }
  yield idsOfAll(db, numbers, last ?? before);
}

interface TimeSpan {
  readonly before: DatePosition | undefined;
  readonly newest: DatePosition;
  readonly last: DatePosition;
}

/** A statement that gives numbers of documents. */
interface DocQuery {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/** Of documents, the images down to a position, found by passing all images from the newest that may be one of them. */
function idsAlongTime(db: Sqlite, docs: DocQuery, { before, newest, last }: TimeSpan): number[] {
  const { where, parameters } = allOf([
    downTo(last),
    { where: 'm.modified <= ?', parameters: [newest.modified] },
    olderThan(before),
  ]);
  return db
    .prepare<(string | number)[], number>(
      `SELECT m.image_id FROM media_info m INDEXED BY media_info_by_date
       WHERE ${where} AND m.doc IN (${docs.sql}) ${newestFirst}`,
    )
    .pluck()
    .all(...parameters, ...docs.parameters);
}

function idsOfAll(db: Sqlite, numbers: string, before: DatePosition | undefined): number[] {
  const { where, parameters } = allOf([olderThan(before)]);
  return db
    .prepare<(string | number)[], number>(
      `SELECT m.image_id FROM json_each(?) p CROSS JOIN media_info m ON m.doc = p.value
       WHERE ${where} ${newestFirst}`,
    )
    .pluck()
    .all(numbers, ...parameters);
}
