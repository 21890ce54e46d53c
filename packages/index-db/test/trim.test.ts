import { expect, it, onTestFinished } from 'vitest';
import { addSqlFunctions } from '../src/sqlite/connection/sql-functions.ts';
import { noteClustersUse } from '../src/sqlite/write/topic-caches.ts';
import { createTag, setTag } from '../src/sqlite/write/tags/custom-tags.ts';
import { removeMissing, writeBatch } from '../src/sqlite/write/images/write-batch.ts';
import { type TrimOptions, trimTask } from '../src/sqlite/write/upkeep/trim.ts';
import { trimClusteringImages } from '../src/sqlite/write/upkeep/trim-clustering-images.ts';
import { trimLimits } from '../src/sqlite/write/upkeep/trim-limits.ts';
import { openWriterStore, type WriterStore } from '../src/sqlite/write/writer-store.ts';
import { scannedFile } from './helpers/scanned-file.ts';
import { temporaryLibrary } from './helpers/temporary-library.ts';

const day = 24 * 3600;

async function opened(path = ':memory:'): Promise<WriterStore> {
  const store = await openWriterStore(path);
  addSqlFunctions(store.db);
  onTestFinished(() => void store.db.close());
  return store;
}

/** Runs a task to its end; says how many slices it took. */
function trim(store: WriterStore, options: TrimOptions = {}): number {
  const task = trimTask(store, options);
  let slices = 0;
  while (task.runSlice(false)) slices += 1;
  return slices;
}

const column = (store: WriterStore, query: string): unknown[] => store.db.prepare(query).pluck().all();

function write(store: WriterStore, path: string, tags: readonly { type: string; name: string }[]): number {
  const file = { ...scannedFile(path, { modified: 1, text: 'text' }), tags: tags.map((_, at) => at) };
  writeBatch(store, { files: [file], failures: [], tags: [...tags] });
  return Number(store.db.prepare('SELECT id FROM image WHERE path = ?').pluck().get(path));
}

it('removes automatic tags without an image; those of the user, with a colour or in a saved search stay', async () => {
  const store = await opened();
  const names = ['fox', 'hen', 'coloured', 'searched'];
  const id = write(
    store,
    '/p/a.png',
    names.map((name) => ({ type: 'pos', name })),
  );
  write(store, '/p/b.png', [{ type: 'pos', name: 'fox' }]);
  const own = createTag(store, 'mine').id;
  setTag(store, ['/p/a.png'], own, 'add');
  store.db.prepare(`UPDATE tag SET color = '#f00' WHERE name = 'coloured'`).run();
  const searched = column(store, `SELECT id FROM tag WHERE name = 'searched'`)[0];
  store.db
    .prepare('INSERT INTO saved_search VALUES (?, ?, 0)')
    .run('kept', JSON.stringify({ tags: { all: [searched] } }));
  removeMissing(store, { images: [{ id, path: '/p/a.png' }], failures: [] });
  expect(trim(store)).toBeGreaterThan(3);
  const left = column(store, 'SELECT name FROM tag ORDER BY name');
  expect(left).toEqual(['coloured', 'fox', 'like', 'mine', 'searched']);
  // A name that was remembered is made again.
  write(store, '/p/c.png', [{ type: 'pos', name: 'hen' }]);
  expect(column(store, `SELECT count FROM tag WHERE name = 'hen'`)).toEqual([1]);
  expect(store.db.pragma('foreign_key_check')).toEqual([]);
});

it('is done once a day, and again by a clock that was set back', async () => {
  const store = await opened();
  let now = 2_000_000_000;
  const options = { now: () => now };
  expect(trim(store, options)).toBeGreaterThan(0);
  now += day - 1;
  expect(trim(store, options)).toBe(0);
  now += 1;
  expect(trim(store, options)).toBeGreaterThan(0);
  now -= 400 * day;
  expect(trim(store, options)).toBeGreaterThan(0);
});

it('keeps the clusterings that were asked for last, in the table that IIB reads', async () => {
  const store = await opened();
  const add = store.db.prepare(`INSERT INTO topic_cluster_cache VALUES (?, '[]', 'm', '{}', 0, '', '{}', ?)`);
  for (let number = 0; number < trimLimits.clusterings + 10; number += 1) {
    add.run(`key-${number}`, new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString());
  }
  noteClustersUse(store, 'key-3');
  trim(store);
  const keys = column(store, 'SELECT cache_key FROM topic_cluster_cache');
  expect(keys).toHaveLength(trimLimits.clusterings);
  expect(keys).toEqual(expect.arrayContaining(['key-3', 'key-11', 'key-59']));
  expect(keys).not.toContain('key-10');
  store.db.prepare(`DELETE FROM topic_cluster_cache WHERE cache_key = 'key-3'`).run();
  trim(store, { now: () => Date.now() / 1000 + 2 * day });
  expect(column(store, 'SELECT cache_key FROM cluster_use')).toEqual([]);
});

it('rewrites clusterings without the images that are gone, and leaves all others as they are', async () => {
  const store = await opened();
  for (const name of ['a', 'b', 'c']) write(store, `/p/${name}.png`, []);
  const add = store.db.prepare(
    `INSERT INTO topic_cluster_cache VALUES (?, '[]', 'm', '{}', 0, '', ?, 'then')`,
  );
  const clustering = (paths: readonly string[], noise: readonly string[]) => ({
    version: 2,
    count: paths.length + noise.length,
    clusters: [{ id: 'topic_1', title: 't', size: paths.length, paths }],
    noise,
  });
  const whole = JSON.stringify(clustering(['/p/a.png'], ['/p/b.png']), null, 1);
  const graph = '{"layers":[{"nodes":[]}]}';
  const many = Array.from({ length: 5000 }, (_, at) => `/gone/${at}.png`);
  add.run('whole', whole);
  add.run('graph', graph);
  add.run('broken', '{"clusters":');
  add.run(
    'aged',
    JSON.stringify(clustering(['/gone/x.png', '/p/b.png', ...many], ['/p/c.png', '/gone/y.png'])),
  );
  add.run('all gone', JSON.stringify(clustering(['/gone/x.png'], [])));
  trim(store);
  const rows = store.db.prepare('SELECT cache_key, result, updated_at FROM topic_cluster_cache').raw().all();
  expect(rows).toEqual([
    ['whole', whole, 'then'],
    ['graph', graph, 'then'],
    ['broken', '{"clusters":', 'then'],
    ['aged', JSON.stringify(clustering(['/p/b.png'], ['/p/c.png'])), 'then'],
    ['all gone', JSON.stringify(clustering([], [])), 'then'],
  ]);
});

it('leaves a clustering that is stored anew while it is trimmed, and images that come back meanwhile', async () => {
  const store = await opened();
  const result = (...noise: string[]) => JSON.stringify({ clusters: [], noise });
  const save = store.db.prepare(
    `INSERT OR REPLACE INTO topic_cluster_cache VALUES ('c', '[]', 'm', '{}', 0, '', ?, 'now')`,
  );
  const trimmedAfter = (meanwhile: () => void): unknown => {
    save.run(result('/p/a.png', '/p/b.png'));
    const slices = trimClusteringImages(store);
    // It is read, and its images are looked up.
    for (let slice = 0; slice < 2; slice += 1) expect(slices.next().done).toBe(false);
    meanwhile();
    while (slices.next().done !== true);
    return column(store, 'SELECT result FROM topic_cluster_cache')[0];
  };
  expect(trimmedAfter(() => save.run(result('/p/new.png', '/p/a.png')))).toBe(
    result('/p/new.png', '/p/a.png'),
  );
  expect(trimmedAfter(() => write(store, '/p/b.png', []))).toBe(result('/p/b.png'));
});

it('keeps the latest titles, and failures of images that are there', async () => {
  const store = await opened();
  const title = store.db.prepare(`INSERT INTO topic_title_cache VALUES (?, 't', '[]', 'm', ?)`);
  store.db.transaction(() => {
    for (let number = 0; number < trimLimits.titles + 5; number += 1)
      title.run(`t${number}`, String(1e6 + number));
  })();
  const id = write(store, '/p/a.png', []);
  const failure = store.db.prepare(`INSERT INTO image_embedding_fail VALUES (?, 'm', 'h', 'e', 'u')`);
  for (const imageId of [id, id + 1000]) failure.run(imageId);
  trim(store);
  expect(column(store, 'SELECT count(*) FROM topic_title_cache')).toEqual([trimLimits.titles]);
  expect(column(store, `SELECT count(*) FROM topic_title_cache WHERE cluster_hash IN ('t0', 't4')`)).toEqual([
    0,
  ]);
  expect(column(store, 'SELECT image_id FROM image_embedding_fail')).toEqual([id]);
});

it('removes the covers of folders that are gone', async () => {
  const store = await opened();
  write(store, '/p/in/a.png', []);
  const add = store.db.prepare(`INSERT INTO dir_cover_cache VALUES (?, '1', '[]')`);
  for (const name of ['/p', '/p/in', '/p/i', '/gone']) add.run(name);
  trim(store);
  expect(column(store, 'SELECT folder_path FROM dir_cover_cache')).toEqual(['/p', '/p/in']);
});

it('removes annotations of absent images by age, not what lies in a trash, nor by a clock that jumped', async () => {
  const store = await opened();
  const now = Math.floor(Date.now() / 1000);
  const add = store.db.prepare(
    `INSERT INTO lost_mark (path, bytes, fingerprint, rating, note, tags, lost_at, awaited) VALUES (?, 1, 1, 5, '', '[]', ?, ?)`,
  );
  add.run('/p/old.png', now - 800 * day, 0);
  add.run('/p/new.png', now - 700 * day, 0);
  add.run('/trash/stored.png', now - 800 * day, 1);
  store.db.prepare('INSERT INTO merged_tag VALUES (1, 2)').run();
  const paths = () => column(store, 'SELECT path FROM lost_mark ORDER BY lost_at DESC, path').length;
  // The first time, and after a jump, nothing tells whether the clock is right.
  trim(store, { now: () => now });
  expect(paths()).toBe(3);
  trim(store, { now: () => now + 100 * day });
  expect(paths()).toBe(3);
  trim(store, { now: () => now });
  expect(paths()).toBe(3);
  trim(store, { now: () => now + day });
  expect(new Set(column(store, 'SELECT path FROM lost_mark'))).toEqual(
    new Set(['/p/new.png', '/trash/stored.png']),
  );
  expect(column(store, 'SELECT count(*) FROM merged_tag')).toEqual([1]);
  trim(store, { now: () => now + 2 * day, orphanedAnnotationsDays: 0 });
  expect(paths()).toBe(2);
  trim(store, { now: () => now + 3 * day, orphanedAnnotationsDays: 30 });
  expect(paths()).toBe(1);
  store.db.exec('DELETE FROM lost_mark');
  trim(store, { now: () => now + 4 * day });
  expect(column(store, 'SELECT count(*) FROM merged_tag')).toEqual([0]);
});

it('is right with two programs, and when one of them ends in between', async () => {
  const library = temporaryLibrary();
  const one = await opened(library.databasePath);
  const two = await opened(library.databasePath);
  const id = write(
    one,
    '/p/a.png',
    ['fox', 'hen'].map((name) => ({ type: 'pos', name })),
  );
  // The other one remembers the name.
  write(two, '/p/b.png', [{ type: 'pos', name: 'owl' }]);
  removeMissing(one, { images: [{ id, path: '/p/a.png' }], failures: [] });
  const ended = trimTask(one);
  for (let slice = 0; slice < 3; slice += 1) expect(ended.runSlice(false)).toBe(true);
  write(two, '/p/c.png', [{ type: 'pos', name: 'hen' }]);
  expect(trim(two)).toBeGreaterThan(0);
  expect(column(one, `SELECT name FROM tag WHERE type = 'pos' ORDER BY name`)).toEqual(['hen', 'owl']);
  write(one, '/p/d.png', [{ type: 'pos', name: 'fox' }]);
  expect(column(two, `SELECT name FROM tag WHERE type = 'pos' ORDER BY name`)).toEqual(['fox', 'hen', 'owl']);
  expect(one.db.pragma('foreign_key_check')).toEqual([]);
});
