import { goneImages, imagesOfClustering, withoutImages } from '../../tables/clustering-images.ts';
import { parseStored } from '../../tables/stored-json.ts';
import type { WriterStore } from '../writer-store.ts';

const pathsAtOnce = 2000;

/** Rewrites the clusterings that name images which are gone, a slice at each step. When they were made stays as it was. */
export function* trimClusteringImages(store: WriterStore): Generator<undefined> {
  const { db } = store;
  const keys = db.prepare<[], string>('SELECT cache_key FROM topic_cluster_cache').pluck().all();
  const read = db
    .prepare<[string], string>('SELECT result FROM topic_cluster_cache WHERE cache_key = ?')
    .pluck();
  // Another clustering may have been stored under its key since it was read.
  const rewrite = db.prepare('UPDATE topic_cluster_cache SET result = ? WHERE cache_key = ? AND result = ?');
  for (const key of keys) {
    const stored = read.get(key);
    yield;
    if (stored === undefined) continue;
    const result = parseStored(stored);
    const gone = yield* goneAmong(store, imagesOfClustering(result));
    if (gone.length === 0) continue;
    store.transaction(() => {
      // Some may have come back meanwhile.
      const left = withoutImages(result, goneImages(db, gone));
      rewrite.run(JSON.stringify(left), key, stored);
    });
    yield;
  }
}

function* goneAmong({ db }: WriterStore, paths: readonly string[]): Generator<undefined, readonly string[]> {
  const gone: string[] = [];
  for (let from = 0; from < paths.length; from += pathsAtOnce) {
    gone.push(...goneImages(db, paths.slice(from, from + pathsAtOnce)));
    yield;
  }
  return gone;
}
