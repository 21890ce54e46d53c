import type { Sqlite } from '../connection/sqlite.ts';

/** Vectors of models of our own begin so; IIB asks providers only. */
const ownModels = 'local';

/** Writes a vector where IIB finds it too, which has one for each image: the newest of a provider. */
export function shareVectors(db: Sqlite, model: string) {
  if (model.startsWith(ownModels)) return () => {};
  const save = db.prepare('INSERT OR REPLACE INTO image_embedding VALUES (?, ?, ?, ?, ?, ?)');
  return (id: number, dimension: number, textHash: string, bytes: Buffer, now: string): void => {
    save.run(id, model, dimension, textHash, bytes, now);
  };
}

/** Takes over the vectors that IIB has made and that we lack. */
export function vectorTaker(db: Sqlite) {
  const count = db.prepare<[], number>('SELECT count(*) FROM image_embedding').pluck();
  const known = db.prepare<[], number>(`SELECT value FROM library_state WHERE name = 'iib_vectors'`).pluck();
  const remember = db.prepare<[number]>(
    `INSERT OR REPLACE INTO library_state (name, value) VALUES ('iib_vectors', ?)`,
  );
  const take = db.prepare(`
    INSERT INTO embedding (model, image_id, dim, text_hash, vec, updated_at)
      SELECT s.model, s.image_id, s.dim, s.text_hash, s.vec, s.updated_at
      FROM image_embedding s JOIN image i ON i.id = s.image_id
      WHERE NOT EXISTS (SELECT 1 FROM embedding e WHERE e.model = s.model AND e.image_id = s.image_id)`);
  const stamp = db.prepare(`
    INSERT INTO library_state (name, value) VALUES ('vectors_saved', 1)
    ON CONFLICT (name) DO UPDATE SET value = value + 1`);
  return (): void => {
    const now = count.get() ?? 0;
    // Looking for each vector of a million costs more than counting them.
    if (now === known.get()) return;
    if (take.run().changes > 0) stamp.run();
    remember.run(now);
  };
}
