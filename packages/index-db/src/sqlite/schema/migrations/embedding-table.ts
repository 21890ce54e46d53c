import type { Sqlite } from '../../connection/sqlite.ts';

// IIB keeps one vector per image whatever the model; here each model has its own.
const table = `
CREATE TABLE embedding (
  id INTEGER PRIMARY KEY, model TEXT NOT NULL, image_id INTEGER NOT NULL, dim INTEGER NOT NULL,
  text_hash TEXT NOT NULL, vec BLOB NOT NULL, updated_at TEXT NOT NULL);
CREATE UNIQUE INDEX embedding_by_model ON embedding(model, image_id);
CREATE INDEX embedding_by_image ON embedding(image_id);
INSERT INTO embedding (model, image_id, dim, text_hash, vec, updated_at)
  SELECT model, image_id, dim, text_hash, vec, updated_at FROM image_embedding ORDER BY model, image_id;
`;

/** Adds vectors by (image, model) and takes over those of IIB. */
export function createEmbeddingTable(db: Sqlite): void {
  db.exec(table);
}
