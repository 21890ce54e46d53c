import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { IndexedImage, Page } from '@iib-kit/catalog';
import { addSqlFunctions } from '../src/sqlite/connection/sql-functions.ts';
import type { Sqlite } from '../src/sqlite/connection/sqlite.ts';
import { documentStream } from '../src/sqlite/read/search/date-streams.ts';
import { searchByQuery } from '../src/sqlite/read/search/plan-query.ts';
import { searchBySubstring } from '../src/sqlite/read/search/plan-substring.ts';
import { searchByTags } from '../src/sqlite/read/search/plan-tags.ts';
import { everything } from '../src/sqlite/read/search/row-filter.ts';
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
}

const rowsOf = (db: Sqlite): Row[] =>
  db
    .prepare<[], Row>(
      `SELECT i.id, i.path, i.exif AS text, m.modified FROM image i JOIN media_info m ON m.image_id = i.id
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

function expectSound({ db, documents }: WriterStore): void {
  const rows = rowsOf(db);
  const liked = likedOf(db);
  for (const { page, matches } of searches) {
    const expected = rows.filter((row) => matches(row, liked)).map(({ path }) => path);
    expect(allPages((cursor) => page(db, cursor))).toEqual(expected);
  }
  documents.runs.reload();
  const numbers = documents.runs.runs.reduce((sum, { firstDoc, lastDoc }) => sum + lastDoc - firstDoc + 1, 0);
  // However many are taken to answer: all runs are gathered, those of one number, or none.
  for (const guess of [0, 250 * numbers, 1000 * numbers]) {
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
  for (const table of ['search_text', 'search_path', 'search_tags'])
    expect(db.prepare(`SELECT count(*) FROM ${table}_docsize`).pluck().get()).toBe(rows.length);
}

function write(
  store: WriterStore,
  { number: at, modified, word: text }: Extract<Step, { kind: 'write' }>,
): void {
  const file = scannedFile(pathOf(at), { modified, text, tags: [0], fingerprint: at });
  writeBatch(store, { files: [file], failures: [], tags: [{ type: 'pos', name: text }] });
}

function remove(store: WriterStore, at: number): void {
  const path = pathOf(at);
  const id = store.images.idOf(path);
  if (id !== undefined) removeMissing(store, { images: [{ id, path }], failures: [] });
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
        const current = () => stores[0] as WriterStore;
        for (const next of steps) {
          const store = current();
          if (next.kind === 'write') write(store, next);
          else if (next.kind === 'remove') remove(store, next.number);
          else if (next.kind === 'tag') {
            if (store.images.idOf(pathOf(next.number)) !== undefined)
              setTag(store, [pathOf(next.number)], 1, next.isOn ? 'add' : 'remove');
          } else if (next.kind === 'merge') runMerger(store)(next.count, next.isThorough);
          else if (next.kind === 'switch') stores.reverse();
          else if (next.kind === 'reopen') {
            store.db.close();
            stores[0] = await openAt(file);
          } else {
            // A cursor that was taken before a merge goes on behind it.
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
        for (const { db } of stores) db.close();
      }),
      { numRuns: 60 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

it('heals a database of an earlier version in which each document begins a run', async () => {
  const store = await openWriterStore(':memory:');
  const { db, documents } = store;
  addSqlFunctions(db);
  const count = 600;
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
  const ask = (cursor: string) => searchBySubstring(db, { text: 'fox', cursor, size: 50 });
  const expected = rowsOf(db).map(({ path }) => path);
  const merge = runMerger(store);
  const seen = new Set<number>();
  do {
    seen.add(documents.runs.runs.length);
    expect(allPages(ask)).toEqual(expected);
  } while (merge(100, false));
  expect(seen).toContain(count);
  const left = documents.runs.runs.length;
  expect(left).toBeLessThan(4);
  // New images go on where the merged ones end.
  writeBatch(store, {
    files: [scannedFile('/p/new.png', { modified: count, text: 'fox' })],
    failures: [],
    tags: [],
  });
  expect(documents.runs.runs).toHaveLength(left);
  expect(allPages(ask)).toEqual(['/p/new.png', ...expected]);
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
