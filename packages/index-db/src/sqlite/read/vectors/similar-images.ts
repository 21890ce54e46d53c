import type { SimilarImage, SimilarQuery } from '@iib-kit/catalog';
import type { FolderRange } from '@iib-kit/catalog/text';
import type { Sqlite } from '../../connection/sqlite.ts';
import { folderRanges, isInside } from '../search/folders.ts';
import { cachedVectors, worthKeeping } from './vector-cache.ts';
import { toVector } from '../../../vectors/vector-blob.ts';

/** Of the nearest everywhere, so many times as many as are asked for are looked at for those inside folders. */
const lookAround = 4;

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

/** Every vector of the model. */
function allVectors(db: Sqlite, { model, vector }: SimilarQuery): Iterable<IdBlob> {
  return db
    .prepare<[string, number], IdBlob>('SELECT image_id, vec FROM embedding WHERE model = ? AND dim = ?')
    .raw()
    .iterate(model, vector.length) as Iterable<IdBlob>;
}

/** Few vectors with the so many nearest among them, of the images that are allowed; undefined where none are kept. */
function candidates(
  db: Sqlite,
  query: SimilarQuery,
  count: number,
  isAllowed?: (id: number) => boolean,
): IdBlob[] | undefined {
  const { model, vector } = query;
  const vectors = cachedVectors(db, model, vector.length);
  if (vectors === undefined) return undefined;
  for (;;) {
    const ids = vectors.candidates(vector, count, isAllowed);
    const found = [...existingVectors(db, query, ids)];
    if (found.length === ids.length) return found;
    const existing = new Set(found.map(([id]) => id));
    vectors.remove(new Set(ids.filter((id) => !existing.has(id))));
  }
}

/** The images inside folders, no more than so many of each. */
function imagesInside(db: Sqlite, ranges: readonly FolderRange[], limit = -1): Set<number> {
  const inside = db
    .prepare<[string, string, number], number>('SELECT id FROM image WHERE path >= ? AND path < ? LIMIT ?')
    .pluck();
  return new Set(ranges.flatMap(({ from, to }) => inside.all(from, to, limit)));
}

/** The so many best of some vectors, best first. */
function ranked(rows: Iterable<IdBlob>, { vector, minScore = -1 }: SimilarQuery, count: number): Ranked[] {
  const length = norm(vector);
  const best: Ranked[] = [];
  for (const [id, vec] of rows) {
    const score = cosine(vector, toVector(vec, vector.length), length);
    const least = best.at(-1);
    if (score < minScore) continue;
    if (best.length === count && least !== undefined && isBefore(least, { score, id })) continue;
    insertRanked(best, { score, id }, count);
  }
  return best;
}

function nearestEverywhere(db: Sqlite, query: SimilarQuery, count: number): Ranked[] {
  return ranked(candidates(db, query, count) ?? allVectors(db, query), query, count);
}

function nearestInside(
  db: Sqlite,
  query: SimilarQuery,
  ranges: readonly FolderRange[],
  count: number,
): Ranked[] {
  const few = imagesInside(db, ranges, worthKeeping + 1);
  if (few.size <= worthKeeping) return ranked(existingVectors(db, query, few), query, count);
  const pathOf = paths(db);
  const around = nearestEverywhere(db, query, count * lookAround);
  const inside = around.filter(({ id }) => isInside(ranges, pathOf(id) ?? ''));
  if (inside.length >= count || around.length < count * lookAround) return inside.slice(0, count);
  const allowed = imagesInside(db, ranges);
  const isAllowed = (id: number): boolean => allowed.has(id);
  const found = candidates(db, query, count, isAllowed) ?? onlyOf(allVectors(db, query), isAllowed);
  return ranked(found, query, count);
}

function* existingVectors(
  db: Sqlite,
  { model, vector }: SimilarQuery,
  ids: Iterable<number>,
): Iterable<IdBlob> {
  const find = db
    .prepare<[string, number, number], Buffer>(
      'SELECT vec FROM embedding WHERE model = ? AND image_id = ? AND dim = ?',
    )
    .pluck();
  for (const id of ids) {
    const vec = find.get(model, id, vector.length);
    if (vec !== undefined) yield [id, vec];
  }
}

function* onlyOf(rows: Iterable<IdBlob>, isAllowed: (id: number) => boolean): Iterable<IdBlob> {
  for (const row of rows) if (isAllowed(row[0])) yield row;
}

function paths(db: Sqlite): (id: number) => string | undefined {
  const path = db.prepare<[number], string>('SELECT path FROM image WHERE id = ?').pluck();
  return (id) => path.get(id);
}

/** The images whose vectors are nearest by cosine: exact. */
export function similarImages(db: Sqlite, query: SimilarQuery): readonly SimilarImage[] {
  const { count = 50 } = query;
  const ranges = folderRanges(query.folders);
  const best =
    ranges === undefined ? nearestEverywhere(db, query, count) : nearestInside(db, query, ranges, count);
  const pathOf = paths(db);
  return best.flatMap(({ score, id }) => {
    const path = pathOf(id);
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
  let rank = best.length;
  while (rank > 0) {
    const above = best[rank - 1];
    if (above === undefined || isBefore(above, entry)) break;
    rank -= 1;
  }
  best.splice(rank, 0, entry);
  if (best.length > count) best.pop();
}
