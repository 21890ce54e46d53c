import { pathMark, sampledEvery } from '../../tables/ngram-samples.ts';
import type { Sqlite } from '../../connection/sqlite.ts';

/** In what part of all documents a piece occurs, 0 to 1, as far as a sample tells. */
export type PieceFrequency = (piece: string) => number;

interface Loaded {
  readonly seen: ReadonlyMap<string, number>;
  /** How many documents were sampled. */
  readonly documents: number;
  readonly loadedAt: number;
}

// Frequencies change slowly.
const reloadAfterMs = 60_000;
const loaded = new WeakMap<Sqlite, Loaded>();

function load(db: Sqlite): Loaded {
  const known = loaded.get(db);
  if (known !== undefined && performance.now() - known.loadedAt < reloadAfterMs) return known;
  const rows = db
    .prepare<[], [string, number]>(`SELECT piece, seen FROM search_piece WHERE seen > 1 OR piece = ''`)
    .raw()
    .all();
  const seen = new Map(rows);
  const fresh = { seen, documents: seen.get('') ?? 0, loadedAt: performance.now() };
  loaded.set(db, fresh);
  return fresh;
}

/** How many documents there are, as far as the sample tells. */
export function documentCount(db: Sqlite): number {
  return load(db).documents * sampledEvery;
}

export function pieceFrequencies(db: Sqlite): PieceFrequency {
  const { seen, documents } = load(db);
  // What no sample held is taken to be in half of one.
  return (piece) => (documents === 0 ? 0 : (seen.get(piece) ?? 0.5) / documents);
}

/** The same for pieces of paths. */
export function pathFrequencies(db: Sqlite): PieceFrequency {
  const frequency = pieceFrequencies(db);
  return (piece) => frequency(pathMark + piece);
}
