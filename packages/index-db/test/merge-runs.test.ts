import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { IndexedImage, Page, QuerySort } from '@iib-kit/catalog';
import { addSqlFunctions } from '../src/sqlite/connection/sql-functions.ts';
import type { Sqlite } from '../src/sqlite/connection/sqlite.ts';
import { documentStream } from '../src/sqlite/read/search/date-streams.ts';
import { docRanges } from '../src/sqlite/read/search/doc-ranges.ts';
import { searchByQuery } from '../src/sqlite/read/search/plan-query.ts';
import { searchBySubstring } from '../src/sqlite/read/search/plan-substring.ts';
import { searchByTags } from '../src/sqlite/read/search/plan-tags.ts';
import { everything } from '../src/sqlite/read/search/row-filter.ts';
import { searchLayout } from '../src/sqlite/read/search/search-layout.ts';
import { setRating } from '../src/sqlite/write/annotations.ts';
import { recountTags } from '../src/sqlite/tables/recount-tags.ts';
import { setTag } from '../src/sqlite/write/tags/custom-tags.ts';
import { removeMissing, writeBatch } from '../src/sqlite/write/images/write-batch.ts';
import { runMerger } from '../src/sqlite/write/upkeep/merge-runs.ts';
import { openWriterStore, type WriterStore } from '../src/sqlite/write/writer-store.ts';
import { scannedFile } from './helpers/scanned-file.ts';

const pathOf = (number: number): string => `/p/${number}.png`;
const number = fc.nat(14);
const word = fc.constantFrom('fox', 'hen');
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('write' as const), number, modified: fc.nat(6), word }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tag' as const), number, isOn: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('rate' as const), number, rating: fc.nat(5) }),
  },
  // Another program writes rows of its own, which nobody tells.
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('iib' as const),
      number,
      word,
      deed: fc.constantFrom('add', 'edit', 'tag', 'untag', 'remove'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('merge' as const),
      count: fc.integer({ min: 1, max: 4 }),
      isThorough: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('page' as const), size: fc.integer({ min: 1, max: 4 }) }),
  },
  // The file is opened again, as after a kill between two transactions.
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const) }) },
  // From now on another program writes.
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('switch' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Row {
  readonly id: number;
  readonly path: string;
  readonly text: string;
  readonly modified: number;
  readonly name: string;
  readonly bytes: number;
  readonly rating: number;
}

const rowsOf = (db: Sqlite): Row[] =>
  db
    .prepare<[], Row>(
      `SELECT i.id, i.path, i.exif AS text, m.modified, m.name, m.bytes, coalesce(k.rating, 0) AS rating
       FROM image i JOIN media_info m ON m.image_id = i.id LEFT JOIN image_mark k ON k.image_id = i.id
       ORDER BY m.modified DESC, i.id DESC`,
    )
    .all();

const likedOf = (db: Sqlite): Set<number> =>
  new Set(db.prepare<[], number>('SELECT image_id FROM image_tag WHERE tag_id = 1').pluck().all());

function allPages(page: (cursor: string) => Page<IndexedImage>, from = ''): string[] {
  const { items, hasNext, next } = page(from);
  return [...items.map(({ path }) => path), ...(hasNext ? allPages(page, next) : [])];
}

interface Search {
  readonly page: (db: Sqlite, cursor: string) => Page<IndexedImage>;
  readonly matches: (row: Row, liked: ReadonlySet<number>) => boolean;
}

const size = 3;
const searches: readonly Search[] = [
  {
    page: (db, cursor) => searchBySubstring(db, { text: 'fox', cursor, size }),
    matches: ({ text }) => text === 'fox',
  },
  {
    page: (db, cursor) => searchBySubstring(db, { text: '1.png', pathOnly: true, cursor, size }),
    matches: ({ path }) => path.endsWith('1.png'),
  },
  {
    page: (db, cursor) => searchBySubstring(db, { regexp: 'h[e]n', cursor, size }),
    matches: ({ text }) => text === 'hen',
  },
  {
    page: (db, cursor) => searchByTags(db, { and: [1], or: [], not: [], cursor, size }),
    matches: ({ id }, liked) => liked.has(id),
  },
  {
    page: (db, cursor) => searchByQuery(db, { query: 'hen -tag=like', cursor, size }),
    matches: ({ id, text }, liked) => text === 'hen' && !liked.has(id),
  },
];

const ascending = <T>(a: T, b: T): number => (a === b ? 0 : a < b ? -1 : 1);

/** Of rows from new to old. */
const inOrder: Readonly<Record<Exclude<QuerySort, 'random'>, (rows: readonly Row[]) => Row[]>> = {
  newest: (rows) => [...rows],
  oldest: (rows) => rows.toReversed(),
  name: (rows) => rows.toSorted((a, b) => ascending(a.name, b.name) || a.id - b.id),
  largest: (rows) => rows.toSorted((a, b) => b.bytes - a.bytes || b.id - a.id),
  smallest: (rows) => rows.toSorted((a, b) => a.bytes - b.bytes || a.id - b.id),
  rating: (rows) => rows.toSorted((a, b) => b.rating - a.rating || b.id - a.id),
};

/** Every order, as it is gone along and as what is found is sorted. */
function expectOrders(db: Sqlite, rows: readonly Row[]): void {
  const found = rows.filter(({ text }) => text === 'fox');
  const paths = (list: readonly Row[]) => list.map(({ path }) => path);
  for (const most of [0, 1000]) {
    const ask = (sort: QuerySort) =>
      allPages((cursor) => searchByQuery(db, { query: 'fox', sort, cursor, size }, most));
    for (const sort of ['newest', 'oldest', 'name', 'largest', 'smallest', 'rating'] as const)
      expect([sort, ...ask(sort)]).toEqual([sort, ...paths(inOrder[sort](found))]);
    expect(ask('random').toSorted()).toEqual(paths(found).toSorted());
  }
  const { matches } = searchLayout(db, { query: 'fox', blockSize: size });
  expect(matches).toBe(found.length);
}

function expectSound(store: WriterStore): void {
  store.noticeExternal();
  const { db, documents } = store;
  const rows = rowsOf(db);
  const liked = likedOf(db);
  for (const { page, matches } of searches) {
    const expected = rows.filter((row) => matches(row, liked)).map(({ path }) => path);
    expect(allPages((cursor) => page(db, cursor))).toEqual(expected);
  }
  expectOrders(db, rows);
  // What IIB leaves behind of rows that it replaced is its own.
  db.exec('DELETE FROM image_tag WHERE image_id NOT IN (SELECT id FROM image)');
  expect(recountTags(db)).toBe(0);
  documents.runs.reload();
  const numbers = documents.runs.runs.reduce((sum, { firstDoc, lastDoc }) => sum + lastDoc - firstDoc + 1, 0);
  // However many are taken to answer: all runs are gathered, those of one number, or none.
  for (const guess of [0, 250 * numbers, 390 * numbers, 1000 * numbers]) {
    const prefilter = { table: 'search_text', match: '"fox"', matches: guess } as const;
    for (const before of [undefined, { modified: 3, id: 5 }]) {
      const found = [...documentStream(db, { prefilter, filter: everything, before })].map(
        ({ path }) => path,
      );
      const isOlder = ({ modified, id }: Row) =>
        before === undefined || modified < 3 || (modified === 3 && id < 5);
      expect(found).toEqual(rows.filter((row) => row.text === 'fox' && isOlder(row)).map(({ path }) => path));
    }
  }
  // Numbers rise with time in each run, and every document lies in one.
  const runOf = (doc: number) =>
    documents.runs.runs.findIndex((run) => doc >= run.firstDoc && doc <= run.lastDoc);
  const byDoc = db
    .prepare<[], { doc: number; modified: number; id: number }>(
      'SELECT doc, modified, image_id AS id FROM media_info ORDER BY doc',
    )
    .all();
  for (const [at, { doc, modified, id }] of byDoc.entries()) {
    expect(runOf(doc)).not.toBe(-1);
    const next = byDoc[at + 1];
    if (next === undefined || runOf(next.doc) !== runOf(doc)) continue;
    expect(next.modified > modified || (next.modified === modified && next.id > id)).toBe(true);
  }
  for (const table of ['search_text', 'search_path', 'search_tags']) {
    const inUse = `SELECT count(*) FROM ${table}_docsize WHERE id IN (SELECT doc FROM media_info)`;
    expect(db.prepare(inUse).pluck().get()).toBe(rows.length);
    // What was moved is removed from the tables at the end of the merge.
    if (documents.runs.merge === undefined)
      expect(db.prepare(`SELECT count(*) FROM ${table}_docsize`).pluck().get()).toBe(rows.length);
  }
}

function write(
  store: WriterStore,
  { number: at, modified, word: text }: Extract<Step, { kind: 'write' }>,
): void {
  const file = scannedFile(pathOf(at), { modified, text, bytes: at % 4, tags: [0], fingerprint: at });
  writeBatch(store, { files: [file], failures: [], tags: [{ type: 'pos', name: text }] });
}

function remove(store: WriterStore, at: number): void {
  const path = pathOf(at);
  const id = store.images.idOf(path);
  if (id !== undefined) removeMissing(store, { images: [{ id, path }], failures: [] });
}

/** Does what IIB does, in a connection that knows nothing of ours. */
function actAsIib(iib: Sqlite, { number: at, word: text, deed }: Extract<Step, { kind: 'iib' }>): void {
  const path = pathOf(at);
  const id = iib.prepare<[string], number>('SELECT id FROM image WHERE path = ?').pluck().get(path);
  if (deed === 'add') {
    // A row of the same path is replaced, with another id.
    iib
      .prepare('INSERT OR REPLACE INTO image (path, exif, size, date) VALUES (?, ?, 1, ?)')
      .run(path, text, `2024-01-0${1 + (at % 3)} 00:00:00`);
  }
  if (id === undefined) return;
  if (deed === 'edit') iib.prepare('UPDATE image SET exif = ? WHERE id = ?').run(text, id);
  if (deed === 'tag')
    iib
      .prepare(
        'INSERT OR IGNORE INTO image_tag (image_id, tag_id, created_at) VALUES (?, 1, CURRENT_TIMESTAMP)',
      )
      .run(id);
  if (deed === 'untag' || deed === 'remove') iib.prepare('DELETE FROM image_tag WHERE image_id = ?').run(id);
  if (deed === 'remove') iib.prepare('DELETE FROM image WHERE id = ?').run(id);
}

async function openAt(file: string): Promise<WriterStore> {
  const store = await openWriterStore(file);
  addSqlFunctions(store.db);
  return store;
}

it('finds the same pages in the same order whatever is added, dated anew, removed and merged in turns', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'index-db-runs-'));
  let run = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        run += 1;
        const file = join(folder, `${run}.db`);
        const stores = [await openAt(file), await openAt(file)];
        const iib = new Database(file);
        iib.pragma('foreign_keys = OFF');
        const current = () => stores[0] as WriterStore;
        for (const next of steps) {
          const store = current();
          if (next.kind === 'write') write(store, next);
          else if (next.kind === 'remove') remove(store, next.number);
          else if (next.kind === 'tag') {
            if (store.images.idOf(pathOf(next.number)) !== undefined)
              setTag(store, [pathOf(next.number)], 1, next.isOn ? 'add' : 'remove');
          } else if (next.kind === 'rate') {
            store.noticeExternal();
            if (store.images.idOf(pathOf(next.number)) !== undefined)
              setRating(store, [pathOf(next.number)], next.rating);
          } else if (next.kind === 'iib') actAsIib(iib, next);
          else if (next.kind === 'merge') runMerger(store)(next.count, next.isThorough);
          else if (next.kind === 'switch') stores.reverse();
          else if (next.kind === 'reopen') {
            store.db.close();
            stores[0] = await openAt(file);
          } else {
            // A cursor that was taken before a merge goes on behind it.
            store.noticeExternal();
            const ask = (cursor: string) =>
              searchBySubstring(store.db, { text: 'fox', cursor, size: next.size });
            const expected = allPages(ask);
            const first = ask('');
            runMerger(store)(2, true);
            const rest = first.hasNext ? allPages(ask, first.next) : [];
            expect([...first.items.map(({ path }) => path), ...rest]).toEqual(expected);
          }
        }
        expectSound(current());
        const merge = runMerger(current());
        while (merge(2, true));
        expectSound(current());
        expect(current().documents.runs.runs.length).toBeLessThan(2);
        for (const db of [iib, ...stores.map((store) => store.db)]) db.close();
      }),
      { numRuns: 60 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

const foxes = { table: 'search_text', match: '"fox"', matches: 5000 } as const;

it('heals a database of an earlier version with 5,000 runs, and searches it from the first moment', async () => {
  const store = await openWriterStore(':memory:');
  const { db, documents } = store;
  addSqlFunctions(db);
  const count = 5000;
  const files = Array.from({ length: count }, (_, at) =>
    scannedFile(pathOf(at), { modified: at, text: 'fox' }),
  );
  writeBatch(store, { files, failures: [], tags: [] });
  // As they lay in turns of time: side by side, each later than the next.
  db.exec(`
    UPDATE media_info SET modified = ${count} - doc;
    DELETE FROM search_run;
    INSERT INTO search_run SELECT doc, doc, modified, image_id FROM media_info;`);
  documents.reload();
  const ask = (cursor: string) => searchBySubstring(db, { text: 'fox', cursor, size: 500 });
  const expected = rowsOf(db).map(({ path }) => path);
  const merge = runMerger(store);
  const seen = new Set<number>();
  do {
    seen.add(documents.runs.runs.length);
    expect(allPages(ask)).toEqual(expected);
    // Read together, however many they are: what was merged already, and the others.
    expect(docRanges(db, foxes, undefined).length).toBeLessThanOrEqual(2);
  } while (merge(500, false));
  expect(seen).toContain(count);
  const left = documents.runs.runs.length;
  expect(left).toBe(1);
  // New images go on where the merged ones end.
  writeBatch(store, {
    files: [scannedFile('/p/new.png', { modified: count, text: 'fox' })],
    failures: [],
    tags: [],
  });
  expect(documents.runs.runs).toHaveLength(left);
  expect(allPages(ask)).toEqual(['/p/new.png', ...expected]);
  db.close();
}, 60_000);

it('moves the newest first, so that a first page soon needs none of the old runs', async () => {
  const store = await openWriterStore(':memory:');
  const { db } = store;
  addSqlFunctions(db);
  // Each update has images of all times.
  for (let update = 0; update < 10; update += 1) {
    const files = Array.from({ length: 10 }, (_, at) =>
      scannedFile(pathOf(10 * update + at), { modified: 100 - update + 100 * at, text: 'fox' }),
    );
    writeBatch(store, { files, failures: [], tags: [] });
  }
  const merge = runMerger(store);
  merge(30, true);
  const newest = rowsOf(db).slice(0, 30);
  const target = store.documents.runs.runs.find(
    ({ firstDoc }) => firstDoc === store.documents.runs.merge?.target,
  );
  const docs = db
    .prepare<[number, number], number>(
      'SELECT image_id FROM media_info WHERE doc BETWEEN ? AND ? ORDER BY doc DESC',
    )
    .pluck()
    .all(target?.firstDoc ?? 0, target?.lastDoc ?? 0);
  expect(docs).toEqual(newest.map(({ id }) => id));
  // No other run claims to have any of them.
  const others = docRanges(db, foxes, undefined).filter(({ first }) => first < (target?.firstDoc ?? 0));
  for (const range of others) expect(range.newest.modified).toBeLessThanOrEqual(newest.at(-1)?.modified ?? 0);
  db.close();
});

it('leaves one run more where the clock is set back a year', async () => {
  const store = await openWriterStore(':memory:');
  const { db, documents } = store;
  addSqlFunctions(db);
  const day = 86_400_000_000;
  let at = 0;
  const take = (days: number, from: number) => {
    for (let passed = 0; passed < days; passed += 1) {
      at += 1;
      const file = scannedFile(pathOf(at), { modified: (from + passed) * day, text: 'fox' });
      writeBatch(store, { files: [file], failures: [], tags: [] });
    }
  };
  take(20, 1000);
  take(20, 1020 - 365);
  // And set right again.
  take(20, 1040);
  expect(documents.runs.runs).toHaveLength(2);
  const ask = (cursor: string) => searchBySubstring(db, { text: 'fox', cursor, size: 7 });
  const expected = rowsOf(db).map(({ path }) => path);
  expect(allPages(ask)).toEqual(expected);
  const merge = runMerger(store);
  while (merge(7, true)) expect(allPages(ask)).toEqual(expected);
  expect(documents.runs.runs).toHaveLength(1);
  db.close();
});

it('goes on with the run of new images although an old one came in between', async () => {
  const store = await openWriterStore(':memory:');
  for (const [at, modified] of [10, 11, 3, 12, 4, 13, 1].entries())
    writeBatch(store, { files: [scannedFile(pathOf(at), { modified })], failures: [], tags: [] });
  expect(store.documents.runs.runs).toMatchObject([
    { firstDoc: 1, lastDoc: 4, last: { modified: 13 } },
    { firstDoc: 2 ** 24 + 1, lastDoc: 2 ** 24 + 2, last: { modified: 4 } },
    { firstDoc: 2 ** 25 + 1, lastDoc: 2 ** 25 + 1, last: { modified: 1 } },
  ]);
  store.db.close();
});

it('undoes a slice for which there is no room, and goes on once there is', async () => {
  const store = await openWriterStore(':memory:');
  const { db, documents } = store;
  addSqlFunctions(db);
  const text = 'a long text, '.repeat(2000);
  for (let at = 0; at < 40; at += 1)
    writeBatch(store, {
      files: [scannedFile(pathOf(at), { modified: 40 - at, text })],
      failures: [],
      tags: [],
    });
  const expected = rowsOf(db).map(({ path }) => path);
  const pages = () => allPages((cursor) => searchBySubstring(db, { text: 'long', cursor, size: 7 }));
  const merge = runMerger(store);
  expect(merge(5, true)).toBe(true);
  const most = Number(db.pragma('max_page_count = 1', { simple: true }));
  expect(() => {
    while (merge(5, true));
  }).toThrow(/full/);
  expect(pages()).toEqual(expected);
  db.pragma(`max_page_count = ${most * 10}`);
  while (merge(5, true));
  expect(documents.runs.runs).toHaveLength(1);
  expect(pages()).toEqual(expected);
  db.close();
});
