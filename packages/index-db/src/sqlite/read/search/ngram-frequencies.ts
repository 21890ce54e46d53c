import type { NgramFrequency } from '../../../ngram-index/ngram-frequency.ts';
import { pathMark, sampledEvery } from '../../tables/ngram-samples.ts';
import type { Sqlite } from '../../connection/sqlite.ts';

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

export function ngramFrequencies(db: Sqlite): NgramFrequency {
  const { seen, documents } = load(db);
  // What no sample held is taken to be in half of one.
  return (ngram) => (documents === 0 ? 0 : (seen.get(ngram) ?? 0.5) / documents);
}

/** The same for n-grams of paths. */
export function pathFrequencies(db: Sqlite): NgramFrequency {
  const frequency = ngramFrequencies(db);
  return (ngram) => frequency(pathMark + ngram);
}
