import type { SimilarImage, SimilarQuery } from '../image-index.ts';
import type { Sqlite } from '../store/sqlite.ts';
import { ByteVectors } from './byte-vectors.ts';
import { folderRanges, isInside } from './folder-filter.ts';
import { toVector } from './vector-blob.ts';

// Fewer are compared one by one before a list of them is made.
const worthKeeping = 2000;
/** Most bytes that the vectors of a model may take in memory, a byte a number; larger sets are read for each question. */
export const maxVectorBytes = 2 ** 29;

interface Kept {
  readonly model: string;
  readonly dimension: number;
  /** Changes whenever vectors are saved. */
  readonly stamp: unknown;
  /** Absent where there are too few or too many to be kept. */
  readonly vectors: ByteVectors | undefined;
}

const kept = new WeakMap<Sqlite, Kept>();

function loadVectors(db: Sqlite, model: string, dimension: number): ByteVectors | undefined {
  const count =
    db.prepare<[string], number>('SELECT count(*) FROM embedding WHERE model = ?').pluck().get(model) ?? 0;
  if (count < worthKeeping || count * dimension > maxVectorBytes) return undefined;
  const vectors = new ByteVectors(dimension, count);
  const rows = db
    .prepare<[string, number], [number, Buffer]>(
      'SELECT image_id, vec FROM embedding WHERE model = ? AND dim = ?',
    )
    .raw()
    .iterate(model, dimension);
  for (const [id, vec] of rows) vectors.add({ id, vector: toVector(vec) });
  return vectors;
}

/** The vectors of a model as bytes, as they are now: read once, and again when any were saved. */
function keptVectors(db: Sqlite, model: string, dimension: number): ByteVectors | undefined {
  const stamp = db.prepare(`SELECT value FROM library_state WHERE name = 'vectors_saved'`).pluck().get();
  const known = kept.get(db);
  if (known?.model === model && known.dimension === dimension && known.stamp === stamp) return known.vectors;
  // The old ones go first: both together may be more than there is room for.
  kept.delete(db);
  const vectors = loadVectors(db, model, dimension);
  kept.set(db, { model, dimension, stamp, vectors });
  return vectors;
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

type IdBlob = readonly [id: number, vec: Buffer];

/** The vectors of these images; undefined where one is gone. */
function vectorsOf(db: Sqlite, model: string, ids: readonly number[]): IdBlob[] | undefined {
  const find = db
    .prepare<[string, number], Buffer>('SELECT vec FROM embedding WHERE model = ? AND image_id = ?')
    .pluck();
  const found: IdBlob[] = [];
  for (const id of ids) {
    const vec = find.get(model, id);
    if (vec === undefined) return undefined;
    found.push([id, vec]);
  }
  return found;
}

/** The vectors to compare: few that may be nearest, or all. */
function candidates(
  db: Sqlite,
  { model, vector, count = 50 }: SimilarQuery,
  isEverywhere: boolean,
): Iterable<IdBlob> {
  const vectors = isEverywhere ? keptVectors(db, model, vector.length) : undefined;
  const nearest = vectors && vectorsOf(db, model, vectors.candidates(vector, count));
  if (nearest !== undefined) return nearest;
  // An image with a kept vector was removed: the next question reads them anew.
  if (vectors !== undefined) kept.delete(db);
  return db
    .prepare<[string, number], IdBlob>('SELECT image_id, vec FROM embedding WHERE model = ? AND dim = ?')
    .raw()
    .iterate(model, vector.length) as Iterable<IdBlob>;
}

/** The images whose vectors are nearest by cosine: exact. */
export function similarImages(db: Sqlite, query: SimilarQuery): readonly SimilarImage[] {
  const { vector, count = 50, minScore = -1 } = query;
  const ranges = folderRanges(query.folders);
  const length = norm(vector);
  const best: { score: number; id: number }[] = [];
  const pathOf = db.prepare<[number], string>('SELECT path FROM image WHERE id = ?').pluck();
  for (const [id, vec] of candidates(db, query, ranges === undefined)) {
    const score = cosine(vector, toVector(vec), length);
    const least = best.at(-1);
    if (score < minScore) continue;
    if (best.length === count && least !== undefined && isBefore(least, { score, id })) continue;
    if (ranges !== undefined && !isInside(ranges, pathOf.get(id) ?? '')) continue;
    insertRanked(best, { score, id }, count);
  }
  return best.flatMap(({ score, id }) => {
    const path = pathOf.get(id);
    return path === undefined ? [] : [{ id, path, score }];
  });
}

interface Ranked {
  readonly score: number;
  readonly id: number;
}

const isBefore = (a: Ranked, b: Ranked): boolean => a.score > b.score || (a.score === b.score && a.id < b.id);

/** Keeps a short list ranked: higher scores first, equal ones by id. */
function insertRanked(best: Ranked[], entry: Ranked, count: number): void {
  let place = best.length;
  while (place > 0) {
    const above = best[place - 1];
    if (above === undefined || isBefore(above, entry)) break;
    place -= 1;
  }
  best.splice(place, 0, entry);
  if (best.length > count) best.pop();
}
