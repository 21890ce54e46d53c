import type { EmbeddingFailure, NewEmbedding } from '@iib-kit/catalog';
import { toBlob } from '../../vectors/vector-blob.ts';
import { imagesOrThrow } from './tags/custom-tags.ts';
import { shareVectors } from './vectors-of-iib.ts';
import type { WriterStore } from './writer-store.ts';

const idOf = (store: WriterStore, path: string): number => imagesOrThrow(store, [path])[0]?.id ?? 0;

/** Stores vectors, one per image and model; an older one is replaced. Throws `not-indexed`. */
export function saveEmbeddings(store: WriterStore, model: string, embeddings: readonly NewEmbedding[]): void {
  const save = store.db.prepare(`
    INSERT INTO embedding (model, image_id, dim, text_hash, vec, updated_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (model, image_id) DO UPDATE SET
      dim = excluded.dim, text_hash = excluded.text_hash, vec = excluded.vec, updated_at = excluded.updated_at`);
  const forgive = store.db.prepare('DELETE FROM image_embedding_fail WHERE image_id = ? AND model = ?');
  const isKnown = store.db
    .prepare<[string, number], 1>('SELECT 1 FROM embedding WHERE model = ? AND image_id = ?')
    .pluck();
  const share = shareVectors(store.db, model);
  const stamp = store.db.prepare(`
    INSERT INTO library_state (name, value) VALUES (?, 1)
    ON CONFLICT (name) DO UPDATE SET value = value + 1`);
  const now = new Date().toISOString();
  store.transaction(() => {
    stamp.run('vectors_saved');
    let replaces = false;
    for (const { path, textHash, vector } of embeddings) {
      const id = idOf(store, path);
      const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
      replaces ||= isKnown.get(model, id) === 1;
      save.run(model, id, vector.length, textHash, toBlob(vector), now);
      share(id, vector.length, textHash, bytes, now);
      forgive.run(id, model);
    }
    if (replaces) stamp.run('vectors_replaced');
  });
}

/** Remembers texts that a model refused, so that they are not sent again. Throws `not-indexed`. */
export function saveEmbeddingFailures(
  store: WriterStore,
  model: string,
  failures: readonly EmbeddingFailure[],
): void {
  const save = store.db.prepare('INSERT OR REPLACE INTO image_embedding_fail VALUES (?, ?, ?, ?, ?)');
  const now = new Date().toISOString();
  store.transaction(() => {
    for (const { path, textHash, message } of failures)
      save.run(idOf(store, path), model, textHash, message, now);
  });
}
