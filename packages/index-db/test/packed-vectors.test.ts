import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { temporaryLibrary } from './helpers/temporary-library.ts';

it('vectors of an earlier version are packed while nobody waits, and stay the same', async () => {
  const library = temporaryLibrary();
  const count = 120;
  for (let number = 0; number < count; number += 1)
    library.picture(`${number}.png`, `fox ${number}`, 1, number);
  const first = await library.open();
  await first.update([library.root]);
  const { items } = await first.search({ size: count });
  const vectors = new Map(
    items.map(({ path }, row) => [
      path,
      Float32Array.from({ length: 64 }, (_, at) => ((at + row) % 5 === 0 ? (at + 1) / (row + 1) : 0)),
    ]),
  );
  const embeddings = [...vectors].map(([path, vector]) => ({ path, textHash: 'h', vector }));
  await first.saveEmbeddings('local', embeddings);
  await first.close();

  const lengths = `SELECT length(vec) FROM embedding ORDER BY id`;
  const earlier = new Database(library.databasePath);
  const save = earlier.prepare(
    'UPDATE embedding SET vec = ? WHERE image_id = (SELECT id FROM image WHERE path = ?)',
  );
  for (const [path, vector] of vectors) save.run(Buffer.from(vector.buffer), path);
  expect(new Set(earlier.prepare(lengths).pluck().all())).toEqual(new Set([256]));
  earlier.close();

  const index = await library.open();
  await index.optimize();
  const read = new Database(library.databasePath, { readonly: true });
  // A bit for each number, and the 12 or 13 that are not 0.
  expect(new Set(read.prepare(lengths).pluck().all())).toEqual(new Set([56, 60]));
  read.close();
  const found = new Map<string, readonly number[]>();
  for await (const { path, vector } of index.embeddings('local')) found.set(path, [...vector]);
  expect(found).toEqual(new Map([...vectors].map(([path, vector]) => [path, [...vector]])));
  const [nearest] = await index.similarImages({
    model: 'local',
    vector: embeddings[7]?.vector ?? new Float32Array(64),
    count: 1,
  });
  expect(nearest?.path).toBe(embeddings[7]?.path);
});
