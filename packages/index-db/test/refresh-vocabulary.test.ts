import { expect, it, onTestFinished } from 'vitest';
import { addSqlFunctions } from '../src/sqlite/connection/sql-functions.ts';
import type { Sqlite } from '../src/sqlite/connection/sqlite.ts';
import { searchBySubstring } from '../src/sqlite/read/search/plan-substring.ts';
import { removeMissing, writeBatch } from '../src/sqlite/write/images/write-batch.ts';
import { refreshVocabularyTask } from '../src/sqlite/write/upkeep/refresh-vocabulary.ts';
import { openWriterStore, type WriterStore } from '../src/sqlite/write/writer-store.ts';
import { scannedFile } from './helpers/scanned-file.ts';

const count = 6400;
const pathOf = (number: number): string => `/p/${number}.png`;

function write(store: WriterStore, from: number, to: number, word: string): void {
  const files = [];
  for (let number = from; number < to; number += 1)
    files.push(scannedFile(pathOf(number), { modified: number, text: `${word} and more` }));
  writeBatch(store, { files, failures: [], tags: [] });
}

async function openFilled(): Promise<WriterStore> {
  const store = await openWriterStore(':memory:');
  addSqlFunctions(store.db);
  onTestFinished(() => void store.db.close());
  write(store, 0, count / 2, 'walrus');
  write(store, count / 2, count, 'fox');
  return store;
}

const words = (db: Sqlite): unknown[] =>
  db.prepare('SELECT word FROM search_word ORDER BY word').pluck().all();
const counts = (db: Sqlite) =>
  new Map(db.prepare<[], [string, number]>('SELECT piece, seen FROM search_piece').raw().all());

function run(store: WriterStore, isThorough: boolean): number {
  const task = refreshVocabularyTask(store);
  let slices = 0;
  while (task.runSlice(isThorough)) slices += 1;
  return slices;
}

it('takes the counts of what is gone back, and its words', async () => {
  const store = await openFilled();
  expect(run(store, false)).toBe(0);
  const images = Array.from({ length: count / 2 }, (_, at) => ({ id: at + 1, path: pathOf(at) }));
  removeMissing(store, { images, failures: [] });
  expect(counts(store.db).get('')).toBe(count / 64);
  expect(run(store, false)).toBeGreaterThan(2);
  const after = counts(store.db);
  expect([after.get(''), after.get('fox'), after.get('walrus')]).toEqual([50, 50, undefined]);
  expect(words(store.db)).toEqual(['and', 'fox', 'more', 'p', 'png']);
  expect(run(store, true)).toBe(0);
  // A word that comes back is found as before.
  write(store, 0, 3, 'walrus');
  const found = searchBySubstring(store.db, { text: 'alru' }).items;
  expect(found.map(({ path }) => path)).toEqual([pathOf(2), pathOf(1), pathOf(0)]);
});

it('counts a text once that was written again and again', async () => {
  const store = await openFilled();
  const before = counts(store.db);
  for (let times = 0; times < 2; times += 1) write(store, 0, count / 2, 'walrus');
  expect(counts(store.db).get('')).toBe(200);
  run(store, false);
  expect(counts(store.db)).toEqual(before);
});

it('leaves little that is stale to a thorough run', async () => {
  const store = await openFilled();
  const before = counts(store.db);
  write(store, 0, 128, 'walrus');
  expect(run(store, false)).toBe(0);
  expect(counts(store.db).get('')).toBe(102);
  run(store, true);
  expect(counts(store.db)).toEqual(before);
});

it('begins anew where a program ended on the way', async () => {
  const store = await openFilled();
  const before = counts(store.db);
  for (let times = 0; times < 2; times += 1) write(store, 0, count / 2, 'walrus');
  const task = refreshVocabularyTask(store);
  for (let slice = 0; slice < 3; slice += 1) task.runSlice(false);
  run(store, false);
  expect(counts(store.db)).toEqual(before);
});
