import type { Sqlite } from '../../connection/sqlite.ts';
import { throwIfCancelled } from '../../connection/cancellation.ts';
import type { DatePosition } from './cursor.ts';
import { imageColumns, type TextRow } from './image-row.ts';

/** An SQL condition over `media_info m`, `image i` and `image_mark k`. */
export interface RowFilter {
  readonly where: string;
  readonly parameters: readonly (string | number)[];
}

const withMarks = 'LEFT JOIN image_mark k ON k.image_id = m.image_id';

/** A question to one of the full-text tables. */
export interface DocumentQuery {
  readonly table: 'search_text' | 'search_path' | 'search_tags';
  /** An FTS5 expression. */
  readonly match: string;
  /** Plain ASCII that the path or the text contains, whatever its case: lets SQLite pass over most others. */
  readonly contains?: string | undefined;
  /** A condition over `m`, `i` and `k`, with its parameters. */
  readonly filter?: RowFilter;
  /** Whether so many match, or are so dear to ask for, that the newest images are looked through first. */
  readonly isBroad?: boolean | undefined;
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

// LIKE knows the case of ASCII letters only, so what holds other characters is left to the look from JavaScript.
const mayContain = `AND (i.exif LIKE ? ESCAPE '\\' OR i.path LIKE ? ESCAPE '\\'
  OR octet_length(i.exif) <> length(i.exif) OR octet_length(i.path) <> length(i.path))`;

/** What LIKE takes for any text that contains this one. */
export const likePattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

// Enough for a page where a tenth of the images match, little enough to be looked through in milliseconds.
const lookedThrough = 2000;

/** The place of the last of so many images before another place; undefined where there are fewer. */
function placeAfter(db: Sqlite, before: DatePosition | undefined, count: number): DatePosition | undefined {
  const older = before === undefined ? '' : 'WHERE (modified, image_id) < (?, ?)';
  return db
    .prepare<number[], DatePosition>(
      `SELECT modified, image_id AS id FROM media_info ${older}
       ORDER BY modified DESC, image_id DESC LIMIT 1 OFFSET ${count - 1}`,
    )
    .get(...(before === undefined ? [] : [before.modified, before.id]));
}

/** The conditions of a document query that hold whatever the full-text table says, with their parameters. */
function rowConditions({ contains, filter }: DocumentQuery): RowFilter {
  const pattern = contains === undefined ? [] : [likePattern(contains)];
  return {
    where: `${contains === undefined ? '' : mayContain} ${filter === undefined ? '' : `AND ${filter.where}`}`,
    parameters: [...pattern, ...pattern, ...(filter?.parameters ?? [])],
  };
}

const textOf = ({ table }: DocumentQuery): string => (table === 'search_text' ? 'i.exif' : 'NULL');

/** Images down to a place that may match, without asking the full-text table. */
function newestStream(db: Sqlite, query: DocumentQuery, last: DatePosition): Iterable<TextRow> {
  const { before, filter } = query;
  const { where, parameters } = rowConditions(query);
  const older = before === undefined ? '' : 'AND (m.modified, m.image_id) < (?, ?)';
  return db
    .prepare<(string | number)[], TextRow>(
      `SELECT ${imageColumns}, ${textOf(query)} AS text FROM media_info m CROSS JOIN image i ON i.id = m.image_id
       ${filter === undefined ? '' : withMarks}
       WHERE (m.modified, m.image_id) >= (?, ?) ${older} ${where} ORDER BY m.modified DESC, m.image_id DESC`,
    )
    .iterate(
      last.modified,
      last.id,
      ...(before === undefined ? [] : [before.modified, before.id]),
      ...parameters,
    );
}

/** Images whose document matches, newest first, read no further than they are taken. */
export function* documentStream(db: Sqlite, query: DocumentQuery): Generator<TextRow> {
  const last = query.isBroad === true ? placeAfter(db, query.before, lookedThrough) : undefined;
  if (last === undefined) {
    yield* matchingStream(db, query);
    return;
  }
  yield* newestStream(db, query, last);
  yield* matchingStream(db, { ...query, before: last });
}

function* matchingStream(db: Sqlite, query: DocumentQuery): Generator<TextRow> {
  const { table, match, before, filter } = query;
  const { where, parameters } = rowConditions(query);
  // CROSS JOIN keeps SQLite from driving the query by the images, which would lose the order.
  const rowsOf = (range: DocRange): IterableIterator<TextRow> =>
    db
      .prepare<(string | number)[], TextRow>(
        `SELECT ${imageColumns}, ${textOf(query)} AS text FROM ${table} f
         CROSS JOIN media_info m ON m.doc = f.rowid CROSS JOIN image i ON i.id = m.image_id
         ${filter === undefined ? '' : withMarks}
         WHERE f.${table} MATCH ? AND f.rowid BETWEEN ? AND ? ${where}
         ORDER BY f.rowid DESC`,
      )
      .iterate(match, range.first, range.last, ...parameters);
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

/** What an image is searched for by. */
export type SearchedText = Pick<TextRow, 'path' | 'text'>;

/**
 * The images whose path and text pass a test, newest first. Looks at each: no more is read of those that fail than has to
 * be, their order from its index and their row of `image`.
 */
export function* testedStream(
  db: Sqlite,
  before: DatePosition | undefined,
  passes: (searched: SearchedText) => boolean,
): Generator<TextRow> {
  const where = before === undefined ? '' : 'WHERE (m.modified, m.image_id) < (?, ?)';
  const all = db
    .prepare<number[], [id: number, path: string, text: string | null]>(
      `SELECT m.image_id, i.path, i.exif FROM media_info m INDEXED BY media_info_by_date
       CROSS JOIN image i ON i.id = m.image_id ${where} ORDER BY m.modified DESC, m.image_id DESC`,
    )
    .raw();
  const find = db.prepare<[number], TextRow>(
    `SELECT ${imageColumns}, i.exif AS text FROM media_info m JOIN image i ON i.id = m.image_id WHERE m.image_id = ?`,
  );
  for (const [id, path, text] of all.iterate(...(before === undefined ? [] : [before.modified, before.id]))) {
    throwIfCancelled();
    if (!passes({ path, text })) continue;
    const row = find.get(id);
    if (row !== undefined) yield row;
  }
}

/** Images that meet a condition, newest first. */
export function filteredDateStream(
  db: Sqlite,
  before: DatePosition | undefined,
  filter: RowFilter,
): Iterable<TextRow> {
  const older = before === undefined ? '' : 'AND (m.modified, m.image_id) < (?, ?)';
  return db
    .prepare<(string | number)[], TextRow>(
      `SELECT ${imageColumns}, NULL AS text FROM media_info m CROSS JOIN image i ON i.id = m.image_id ${withMarks}
       WHERE ${filter.where} ${older} ORDER BY m.modified DESC, m.image_id DESC`,
    )
    .iterate(...filter.parameters, ...(before === undefined ? [] : [before.modified, before.id]));
}
