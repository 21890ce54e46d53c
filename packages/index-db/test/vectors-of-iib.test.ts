import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { temporaryLibrary } from './helpers/temporary-library.ts';

const MODEL = 'text-embedding-3-small';

/** A library of two pictures, indexed, and its database as IIB sees it. */
async function libraryOfTwo() {
  const library = temporaryLibrary();
  library.picture('a.png', 'fox', 1_700_000_000, 1);
  library.picture('b.png', 'hen', 1_700_000_001, 2);
  const index = await library.open();
  await index.update([library.root]);
  const asIib = <T>(work: (db: Database.Database) => T): T => {
    const db = new Database(library.databasePath);
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  const [one, two] = [library.at('a.png'), library.at('b.png')];
  return { library, index, one, two, asIib };
}

const blob = (...numbers: number[]): Buffer => Buffer.from(Float32Array.from(numbers).buffer);

it('vectors of a provider are where IIB looks for them, those of this machine are not', async () => {
  const { index, one, two, asIib } = await libraryOfTwo();
  await index.saveEmbeddings(MODEL, [
    { path: one, textHash: 'a', vector: Float32Array.of(1, 0) },
    { path: two, textHash: 'b', vector: Float32Array.of(0, 1) },
  ]);
  await index.saveEmbeddings('local-1', [{ path: two, textHash: 'l', vector: Float32Array.of(3) }]);
  await index.saveEmbeddings('other', [{ path: one, textHash: 'o', vector: Float32Array.of(1, 2, 3) }]);
  const shared = asIib((db) =>
    db.prepare('SELECT model, dim, text_hash AS hash, vec FROM image_embedding ORDER BY image_id').all(),
  );
  expect(shared).toEqual([
    { model: 'other', dim: 3, hash: 'o', vec: blob(1, 2, 3) },
    { model: MODEL, dim: 2, hash: 'b', vec: blob(0, 1) },
  ]);
  expect(await index.embeddingCount({ model: MODEL })).toBe(2);
});

it('vectors that IIB made meanwhile are taken over, and none of ours is replaced', async () => {
  const { library, index, one, two, asIib } = await libraryOfTwo();
  await index.saveEmbeddings(MODEL, [{ path: one, textHash: 'ours', vector: Float32Array.of(1, 0) }]);
  await index.close();
  asIib((db) => {
    const idOf = db.prepare<[string], number>('SELECT id FROM image WHERE path = ?').pluck();
    const save = db.prepare('INSERT OR REPLACE INTO image_embedding VALUES (?, ?, ?, ?, ?, ?)');
    save.run(idOf.get(two), MODEL, 2, 'theirs', blob(0, 1), '2026-01-01T10:00:00.000000');
  });
  const again = await library.open();
  expect(await again.embeddingStates(MODEL, [one, two])).toEqual(
    new Map([
      [one, expect.objectContaining({ textHash: 'ours' })],
      [two, expect.objectContaining({ textHash: 'theirs', dimension: 2 })],
    ]),
  );
  const [nearest] = await again.similarImages({ model: MODEL, vector: Float32Array.of(0, 1) });
  expect(nearest?.path).toBe(two);
});
