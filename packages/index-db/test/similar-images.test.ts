import { expect, it } from 'vitest';
import { similarImages } from '../src/sqlite/read/vectors/similar-images.ts';
import { saveEmbeddings } from '../src/sqlite/write/embeddings.ts';
import { removePaths } from '../src/sqlite/write/images/follow-paths.ts';
import { openWriterStore } from '../src/sqlite/write/writer-store.ts';

const dimension = 48;
const images = 5000;

function madeVectors(seed: number, count: number): Float32Array[] {
  let state = seed;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5;
  return Array.from({ length: count }, () => Float32Array.from({ length: dimension }, random));
}

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
const cosine = (a: Float32Array, b: Float32Array): number => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
const path = (number: number): string => `/p/${number % 2}/${number}.png`;

it('finds the nearest of thousands exactly, also after some were changed and removed', async () => {
  const store = await openWriterStore(':memory:');
  const vectors = new Map(madeVectors(7, images).map((vector, number) => [path(number), vector]));
  const add = store.db.prepare(
    `INSERT INTO image (path, exif, size, date) VALUES (?, '', 1, '2024-01-01 00:00:00')`,
  );
  for (const name of vectors.keys()) add.run(name);
  const save = (entries: Iterable<[string, Float32Array]>): void =>
    saveEmbeddings(
      store,
      'm',
      Array.from(entries, ([name, vector]) => ({ path: name, textHash: 'h', vector })),
    );
  const check = (query: Float32Array, count: number, folders?: string[]): void => {
    const expected = [...vectors]
      .filter(([name]) => folders === undefined || folders.some((folder) => name.startsWith(`${folder}/`)))
      .map(([name, vector]) => ({ name, score: cosine(query, vector) }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, count);
    const found = similarImages(store.db, { model: 'm', vector: query, count, ...(folders && { folders }) });
    expect(found.map((image) => image.path)).toEqual(expected.map(({ name }) => name));
    for (const [at, { score }] of expected.entries()) expect(found[at]?.score).toBeCloseTo(score, 5);
  };
  save(vectors);
  for (const query of madeVectors(9, 20)) check(query, 12);
  const [query = new Float32Array(dimension)] = madeVectors(11, 1);
  check(query, 5, ['/p/1']);
  // All the nearest of everywhere are in the other folder.
  vectors.forEach((vector, name) => {
    if (name.startsWith('/p/0/') && Number(name.slice(5, -4)) < 400)
      vectors.set(
        name,
        vector.map((value, at) => value * 0.1 + (query[at] ?? 0)),
      );
  });
  save(vectors);
  check(query, 20, ['/p/1']);
  check(query, 20, ['/p/0', '/p/1']);
  check(query, 20, ['/p']);
  check(query, 20, ['/elsewhere']);
  vectors.set(path(3), query);
  save([[path(3), query]]);
  check(query, 5);
  removePaths(store, [path(3)]);
  vectors.delete(path(3));
  check(query, 5);
  check(query, 5);
  // What is added is found beside what is kept, also where the newest was removed meanwhile.
  const addOne = (name: string, vector: Float32Array): void => {
    add.run(name);
    vectors.set(name, vector);
    save([[name, vector]]);
  };
  addOne('/p/1/added.png', query);
  check(query, 5);
  check(query, 5, ['/p/1']);
  removePaths(store, ['/p/1/added.png']);
  vectors.delete('/p/1/added.png');
  addOne('/p/2/instead.png', query);
  check(query, 5);
  check(query, 5, ['/p/2']);
  store.db.close();
});
