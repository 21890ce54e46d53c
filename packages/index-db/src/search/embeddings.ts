import type { EmbeddingState, SimilarImage, SimilarQuery, StoredEmbedding } from '../image-index.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { folderRanges, isInside } from './folder-filter.ts';

interface VectorRow {
  readonly id: number;
  readonly path: string;
  readonly vec: Buffer;
}

/** The numbers in a blob; copied where they do not begin at a multiple of four, as typed arrays need. */
function toVector(bytes: Buffer): Float32Array {
  const length = Math.floor(bytes.byteLength / 4);
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, length);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + length * 4));
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
      `SELECT e.image_id AS id, i.path, e.vec, e.text_hash, e.updated_at ${fromEmbedding}
       AND e.image_id > ? ORDER BY e.image_id LIMIT ?`,
    )
    .all(model, after, count);
  const items = rows
    .filter(({ path }) => isInside(ranges, path))
    .map(({ id, path, vec, text_hash: textHash, updated_at: updatedAt }) => ({
      id,
      path,
      textHash,
      updatedAt,
      vector: Float32Array.from(toVector(vec)),
    }));
  return { items, last: rows.at(-1)?.id };
}

/** Which text each image's vector or failure was made from. */
export function embeddingStates(
  db: Sqlite,
  { model, paths }: { model: string; paths: readonly string[] },
): ReadonlyMap<string, EmbeddingState> {
  const vector = db
    .prepare<[string, string], string>(
      'SELECT e.text_hash FROM image i JOIN embedding e ON e.image_id = i.id WHERE i.path = ? AND e.model = ?',
    )
    .pluck();
  const failed = db
    .prepare<[string, string], string>(
      'SELECT f.text_hash FROM image i JOIN image_embedding_fail f ON f.image_id = i.id WHERE i.path = ? AND f.model = ?',
    )
    .pluck();
  const states = new Map<string, EmbeddingState>();
  for (const path of paths) {
    const textHash = vector.get(path, model);
    const failedHashes = failed.all(path, model);
    if (textHash === undefined && failedHashes.length === 0) continue;
    states.set(path, { ...(textHash !== undefined && { textHash }), failedHashes });
  }
  return states;
}

function norm(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}

/** Cosine of the angle between two vectors; 0 where one of them has no length. */
function cosine(a: Float32Array, b: Float32Array, lengthOfA: number): number {
  let product = 0;
  let squares = 0;
  for (let index = 0; index < b.length; index += 1) {
    const value = b[index] ?? 0;
    product += value * (a[index] ?? 0);
    squares += value * value;
  }
  const length = lengthOfA * Math.sqrt(squares);
  return length === 0 ? 0 : product / length;
}

/** The images whose vectors are nearest by cosine: every vector of the model is compared. */
export function similarImages(db: Sqlite, query: SimilarQuery): readonly SimilarImage[] {
  const { model, vector, count = 50, minScore = -1 } = query;
  const ranges = folderRanges(query.folders);
  const length = norm(vector);
  const best: { score: number; id: number }[] = [];
  const rows = db
    .prepare<[string, number], [number, Buffer]>(
      'SELECT image_id, vec FROM embedding WHERE model = ? AND dim = ?',
    )
    .raw()
    .iterate(model, vector.length);
  const pathOf = db.prepare<[number], string>('SELECT path FROM image WHERE id = ?').pluck();
  for (const [id, vec] of rows) {
    const score = cosine(vector, toVector(vec), length);
    const least = best.at(-1);
    if (score < minScore || (best.length === count && least !== undefined && score <= least.score)) continue;
    if (ranges !== undefined && !isInside(ranges, pathOf.get(id) ?? '')) continue;
    insertRanked(best, { score, id }, count);
  }
  return best.flatMap(({ score, id }) => {
    const path = pathOf.get(id);
    return path === undefined ? [] : [{ id, path, score }];
  });
}

/** Keeps a short list ranked: higher scores first, equal ones by id. */
function insertRanked(
  best: { score: number; id: number }[],
  entry: { score: number; id: number },
  count: number,
): void {
  let place = best.length;
  while (place > 0) {
    const above = best[place - 1];
    if (
      above === undefined ||
      above.score > entry.score ||
      (above.score === entry.score && above.id < entry.id)
    )
      break;
    place -= 1;
  }
  best.splice(place, 0, entry);
  if (best.length > count) best.pop();
}
