import type { Sqlite } from '../../connection/sqlite.ts';
import { ByteVectors, largeNumbers } from '../../../vectors/byte-vectors.ts';
import { toVector } from '../../../vectors/vector-blob.ts';

/** Fewer are compared one by one before a list of them is made. */
export const worthKeeping = 2000;
/** Most bytes that the vectors of a model may take in memory, a byte a number; larger sets are read for each question. */
export const maxVectorBytes = 2 ** 29;

// Of the vectors that there are: room for those that come later.
const spare = 1 / 8;
const sampleSize = 256;

interface Stamps {
  /** Changes whenever vectors are saved. */
  readonly saved: unknown;
  /** Changes whenever a vector is saved in place of another one. */
  readonly replaced: unknown;
}

interface Newest {
  readonly id: number;
  readonly image: number;
}

interface Kept {
  readonly model: string;
  readonly dimension: number;
  readonly stamps: Stamps;
  /** Absent where there are too few or too many to be kept. */
  readonly vectors: ByteVectors | undefined;
  /** The row that was read last. */
  readonly newest: Newest;
}

const kept = new WeakMap<Sqlite, Kept>();
const nothing: Newest = { id: 0, image: 0 };

/** The vectors of a model as bytes, as they are now: read once, then what was added, and all again when any were replaced. */
export function cachedVectors(db: Sqlite, model: string, dimension: number): ByteVectors | undefined {
  const stamps = stampsOf(db);
  const known = kept.get(db);
  if (known?.model === model && known.dimension === dimension) {
    if (known.stamps.saved === stamps.saved) return known.vectors;
    const newest = canGrow(db, known, stamps) ? readAdded(db, known) : undefined;
    if (newest !== undefined) {
      kept.set(db, { ...known, stamps, newest });
      return known.vectors;
    }
  }
  // The old ones go first: both together may be more than there is room for.
  kept.delete(db);
  const empty = { model, dimension, stamps, vectors: emptyVectors(db, model, dimension), newest: nothing };
  const newest = readAdded(db, empty);
  const fresh = newest === undefined ? { ...empty, vectors: undefined } : { ...empty, newest };
  kept.set(db, fresh);
  return fresh.vectors;
}

function stampsOf(db: Sqlite): Stamps {
  const stamp = db.prepare<[string]>('SELECT value FROM library_state WHERE name = ?').pluck();
  return { saved: stamp.get('vectors_saved'), replaced: stamp.get('vectors_replaced') };
}

function emptyVectors(db: Sqlite, model: string, dimension: number): ByteVectors | undefined {
  const count =
    db.prepare<[string], number>('SELECT count(*) FROM embedding WHERE model = ?').pluck().get(model) ?? 0;
  const capacity = Math.ceil(count * (1 + spare));
  if (count < worthKeeping || capacity * dimension > maxVectorBytes) return undefined;
  return new ByteVectors(dimension, capacity, largeNumbers(sampleOf(db, model, dimension), dimension));
}

function sampleOf(db: Sqlite, model: string, dimension: number): Float32Array[] {
  const vectors = db
    .prepare<[string, number, number], Buffer>(
      'SELECT vec FROM embedding WHERE model = ? AND dim = ? LIMIT ?',
    )
    .pluck();
  return vectors.all(model, dimension, sampleSize).map((vec) => toVector(vec, dimension));
}

function canGrow(db: Sqlite, { vectors, newest, stamps }: Kept, now: Stamps): boolean {
  if (vectors === undefined || stamps.replaced !== now.replaced) return false;
  // The id of a row that went may be given again.
  const image = db.prepare<[number], number>('SELECT image_id FROM embedding WHERE id = ?').pluck();
  return image.get(newest.id) === newest.image;
}

/** Reads the rows after the newest, which becomes another; undefined where there are none to keep or no room for them. */
function readAdded(db: Sqlite, { model, dimension, vectors, newest }: Kept): Newest | undefined {
  if (vectors === undefined) return undefined;
  const rows = db
    .prepare<[number, string, number], [number, number, Buffer]>(
      'SELECT id, image_id, vec FROM embedding WHERE id > ? AND +model = ? AND dim = ? ORDER BY id',
    )
    .raw()
    .iterate(newest.id, model, dimension);
  let last = newest;
  for (const [id, image, vec] of rows) {
    if (vectors.room === 0) return undefined;
    vectors.add({ id: image, vector: toVector(vec, dimension) });
    last = { id, image };
  }
  return last;
}
