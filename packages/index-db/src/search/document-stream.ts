import type { Sqlite } from '../store/sqlite.ts';
import type { DatePosition } from './date-position.ts';
import { imageColumns, type TextRow } from './image-row.ts';

/** A question to one of the full-text tables. */
export interface DocumentQuery {
  readonly table: 'search_text' | 'search_path' | 'search_tags';
  /** An FTS5 expression. */
  readonly match: string;
  /** Only documents older than this. */
  readonly before: DatePosition | undefined;
}

interface DocRange {
  readonly first: number;
  readonly last: number;
}

interface Head {
  row: TextRow;
  readonly rest: IterableIterator<TextRow>;
}

const isNewer = (a: DatePosition, b: DatePosition): boolean =>
  a.modified === b.modified ? a.id > b.id : a.modified > b.modified;

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

function rangesBefore(db: Sqlite, before: DatePosition | undefined): DocRange[] {
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

/** Images whose document matches, newest first, read no further than they are taken. */
export function* documentStream(db: Sqlite, query: DocumentQuery): Generator<TextRow> {
  const { table, match, before } = query;
  const text = table === 'search_text' ? 'i.exif' : 'NULL';
  // CROSS JOIN keeps SQLite from driving the query by the images, which would lose the order.
  const rowsOf = (range: DocRange): IterableIterator<TextRow> =>
    db
      .prepare<[string, number, number], TextRow>(
        `SELECT ${imageColumns}, ${text} AS text FROM ${table} f
         CROSS JOIN media_info m ON m.doc = f.rowid CROSS JOIN image i ON i.id = m.image_id
         WHERE f.${table} MATCH ? AND f.rowid BETWEEN ? AND ? ORDER BY f.rowid DESC`,
      )
      .iterate(match, range.first, range.last);
  yield* mergeByDate(rangesBefore(db, before).map(rowsOf));
}

function* mergeByDate(streams: readonly IterableIterator<TextRow>[]): Generator<TextRow> {
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

/** Every image, newest first. */
export function dateStream(
  db: Sqlite,
  before: DatePosition | undefined,
  withText: boolean,
): Iterable<TextRow> {
  const where = before === undefined ? '' : 'WHERE (m.modified, m.image_id) < (?, ?)';
  const statement = db.prepare<unknown[], TextRow>(
    `SELECT ${imageColumns}, ${withText ? 'i.exif' : 'NULL'} AS text
     FROM media_info m CROSS JOIN image i ON i.id = m.image_id ${where}
     ORDER BY m.modified DESC, m.image_id DESC`,
  );
  return before === undefined ? statement.iterate() : statement.iterate(before.modified, before.id);
}
