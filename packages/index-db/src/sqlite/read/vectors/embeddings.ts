import type { EmbeddingState, SimilarQuery, StoredEmbedding } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';
import { folderRanges, isInside } from '../search/folders.ts';
import { toVector } from '../../../vectors/vector-blob.ts';

interface VectorRow {
  readonly id: number;
  readonly path: string;
  readonly dim: number;
  readonly vec: Buffer;
}

const fromEmbedding = 'FROM embedding e JOIN image i ON i.id = e.image_id WHERE e.model = ?';

/** Vectors of one model, by rising image id from `after` on, with the id to go on from. */
export function embeddingsOf(
  db: Sqlite,
  {
    model,
    folders,
    after,
    count,
  }: { model: string; folders?: readonly string[]; after: number; count: number },
): { readonly items: readonly StoredEmbedding[]; readonly last: number | undefined } {
  const ranges = folderRanges(folders);
  const rows = db
    .prepare<[string, number, number], VectorRow & { text_hash: string; updated_at: string }>(
      `SELECT e.image_id AS id, i.path, e.dim, e.vec, e.text_hash, e.updated_at ${fromEmbedding}
       AND e.image_id > ? ORDER BY e.image_id LIMIT ?`,
    )
    .all(model, after, count);
  const items = rows
    .filter(({ path }) => isInside(ranges, path))
    .map(({ id, path, dim, vec, text_hash: textHash, updated_at: updatedAt }) => ({
      id,
      path,
      textHash,
      updatedAt,
      vector: Float32Array.from(toVector(vec, dim)),
    }));
  return { items, last: rows.at(-1)?.id };
}

/** The vector of a model for one image. */
export function embeddingOf(db: Sqlite, model: string, path: string): StoredEmbedding | undefined {
  const row = db
    .prepare<[string, string], VectorRow & { text_hash: string; updated_at: string }>(
      `SELECT e.image_id AS id, i.path, e.dim, e.vec, e.text_hash, e.updated_at ${fromEmbedding} AND i.path = ?`,
    )
    .get(model, path);
  return (
    row && {
      id: row.id,
      path: row.path,
      textHash: row.text_hash,
      updatedAt: row.updated_at,
      vector: Float32Array.from(toVector(row.vec, row.dim)),
    }
  );
}

/** How many images have a vector of a model, in these folders or everywhere. */
export function embeddingCount(
  db: Sqlite,
  { model, folders }: Pick<SimilarQuery, 'model' | 'folders'>,
): number {
  const ranges = folderRanges(folders);
  if (ranges === undefined) {
    return (
      db.prepare<[string], number>('SELECT count(*) FROM embedding WHERE model = ?').pluck().get(model) ?? 0
    );
  }
  const inside = db
    .prepare<[string, string], number>('SELECT id FROM image WHERE path >= ? AND path < ?')
    .pluck();
  const has = db
    .prepare<[string, number], 1>('SELECT 1 FROM embedding WHERE model = ? AND image_id = ?')
    .pluck();
  // A folder may lie in another.
  const ids = new Set(ranges.flatMap(({ from, to }) => inside.all(from, to)));
  let count = 0;
  for (const id of ids) if (has.get(model, id) === 1) count += 1;
  return count;
}

/** Which text each image's vector or failure was made from. */
export function embeddingStates(
  db: Sqlite,
  model: string,
  paths: readonly string[],
): ReadonlyMap<string, EmbeddingState> {
  const stored = db.prepare<[string, string], { textHash: string; updatedAt: string; dimension: number }>(
    `SELECT e.text_hash AS textHash, e.updated_at AS updatedAt, e.dim AS dimension
     FROM image i JOIN embedding e ON e.image_id = i.id WHERE i.path = ? AND e.model = ?`,
  );
  const failed = db
    .prepare<[string, string], string>(
      'SELECT f.text_hash FROM image i JOIN image_embedding_fail f ON f.image_id = i.id WHERE i.path = ? AND f.model = ?',
    )
    .pluck();
  const states = new Map<string, EmbeddingState>();
  for (const path of paths) {
    const vector = stored.get(path, model);
    const failedHashes = failed.all(path, model);
    if (vector === undefined && failedHashes.length === 0) continue;
    states.set(path, { ...vector, failedHashes });
  }
  return states;
}
