import { NgramCounter } from '../../tables/ngram-counter.ts';
import { sampledEvery } from '../../tables/ngram-samples.ts';
import type { WriterStore } from '../writer-store.ts';
import type { UpkeepTask } from './upkeep-task.ts';

/** The counts are made anew once so many of the sampled images are gone or were counted twice, and some more. */
const staleTolerated = { part: 0.1, images: 32 };

const imagesAtOnce = 64;
const countsAtOnce = 1000;
const wordsAtOnce = 200;

interface SampledImage {
  readonly id: number;
  readonly path: string;
  readonly text: string;
}

/**
 * Counts the n-grams of the sampled images again, and removes words that no text has any more: what was in texts stays
 * counted when they change or go. What was done is begun anew where a program ends before the last slice, which stores
 * of how many images the counts are.
 */
export function refreshVocabularyTask(store: WriterStore): UpkeepTask {
  const sql = prepareStatements(store);
  let slices: Iterator<undefined> | undefined;
  return {
    name: 'refresh-vocabulary',
    runSlice(isThorough) {
      if (slices === undefined && !isStale(sql, isThorough)) return false;
      slices ??= refresh(store, sql);
      try {
        if (slices.next().done !== true) return true;
      } catch (error) {
        slices = undefined;
        throw error;
      }
      slices = undefined;
      return false;
    },
  };
}

function prepareStatements({ db }: WriterStore) {
  return {
    imageCount: db.prepare<[], number>(`SELECT value FROM library_state WHERE name = 'image_count'`).pluck(),
    counted: db.prepare<[], number>(`SELECT seen FROM search_piece WHERE piece = ''`).pluck(),
    sampled: db
      .prepare<[], number>(
        `WITH RECURSIVE sampled (id) AS (
           SELECT ${sampledEvery} UNION ALL SELECT id + ${sampledEvery} FROM sampled
           WHERE id < (SELECT max(image_id) FROM media_info))
         SELECT count(*) FROM sampled JOIN media_info m ON m.image_id = sampled.id`,
      )
      .pluck(),
    find: db.prepare<[number], SampledImage>(
      `SELECT m.image_id AS id, i.path, coalesce(i.exif, '') AS text FROM media_info m
       JOIN image i ON i.id = m.image_id WHERE m.image_id = ?`,
    ),
    highestId: db.prepare<[], number | null>('SELECT max(image_id) FROM media_info').pluck(),
    countsAfter: db.prepare<[string, number], [string, number]>(
      'SELECT piece, seen FROM search_piece WHERE piece > ? ORDER BY piece LIMIT ?',
    ),
    saveCount: db.prepare('INSERT OR REPLACE INTO search_piece (piece, seen) VALUES (?, ?)'),
    removeCount: db.prepare('DELETE FROM search_piece WHERE piece = ?'),
    wordsAfter: db.prepare<[number, number], { id: number; word: string }>(
      // Readers look for words behind the last that they know, so its number must not be used again.
      `SELECT id, word FROM search_word WHERE id > ? AND id < (SELECT max(id) FROM search_word) ORDER BY id LIMIT ?`,
    ),
    isInText: db.prepare('SELECT 1 FROM search_text WHERE search_text MATCH ? LIMIT 1'),
    removeWord: db.prepare('DELETE FROM search_word WHERE id = ?'),
  };
}
type Statements = ReturnType<typeof prepareStatements>;

function isStale(sql: Statements, isThorough: boolean): boolean {
  const counted = sql.counted.get() ?? 0;
  if (isThorough) return counted !== sql.sampled.get();
  const differs = (images: number): boolean =>
    Math.abs(counted - images) > staleTolerated.part * images + staleTolerated.images;
  return differs((sql.imageCount.get() ?? 0) / sampledEvery) && differs(sql.sampled.get() ?? 0);
}

function* refresh(store: WriterStore, sql: Statements): Generator<undefined, undefined> {
  const counts = yield* countSampled(store, sql);
  yield* replaceCounts(store, sql, counts);
  yield* removeDeadWords(store, sql);
  store.transaction(() => sql.saveCount.run('', sql.sampled.get()));
}

function* countSampled(
  store: WriterStore,
  sql: Statements,
): Generator<undefined, ReadonlyMap<string, number>> {
  const counter = new NgramCounter(store.db);
  for (let id = sampledEvery, read = 0; id <= (sql.highestId.get() ?? 0); id += sampledEvery) {
    const image = sql.find.get(id);
    if (image === undefined) continue;
    counter.add(image.path, image.text);
    read += 1;
    if (read % imagesAtOnce === 0) yield;
  }
  return counter.take();
}

function* replaceCounts(
  store: WriterStore,
  sql: Statements,
  counts: ReadonlyMap<string, number>,
): Generator<undefined, void> {
  const missing = new Map(counts);
  missing.delete('');
  // That of the images comes last.
  for (let stored = sql.countsAfter.raw().all('', countsAtOnce); stored.length > 0;) {
    store.transaction(() => {
      for (const [ngram, seen] of stored) {
        const count = missing.get(ngram);
        missing.delete(ngram);
        if (count === undefined) sql.removeCount.run(ngram);
        else if (count !== seen) sql.saveCount.run(ngram, count);
      }
    });
    yield;
    stored = sql.countsAfter.raw().all(stored.at(-1)?.[0] ?? '', countsAtOnce);
  }
  const added = [...missing];
  for (let start = 0; start < added.length; start += countsAtOnce) {
    store.transaction(() => {
      for (const [ngram, count] of added.slice(start, start + countsAtOnce)) sql.saveCount.run(ngram, count);
    });
    yield;
  }
}

function* removeDeadWords(store: WriterStore, sql: Statements): Generator<undefined, void> {
  for (let after: number | undefined = 0; after !== undefined;) {
    const from: number = after;
    after = store.transaction(() => {
      const words = sql.wordsAfter.all(from, wordsAtOnce);
      for (const { id, word } of words) {
        if (sql.isInText.get(`"${word}"`) === undefined) sql.removeWord.run(id);
      }
      store.documents.forgetWords();
      return words.at(-1)?.id;
    });
    yield;
  }
}
