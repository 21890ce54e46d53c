import type { CachedClusters, CachedTitle } from '@iib-kit/catalog';
import type { WriterStore } from './writer-store.ts';

/** Keeps the title of a cluster. */
export function saveTitle(store: WriterStore, key: string, title: CachedTitle): void {
  const save = store.db.prepare('INSERT OR REPLACE INTO topic_title_cache VALUES (?, ?, ?, ?, ?)');
  const { model, keywords } = title;
  store.transaction(() =>
    save.run(key, title.title, JSON.stringify(keywords), model, new Date().toISOString()),
  );
}

/** Keeps the result of a clustering. */
export function saveClusters(store: WriterStore, key: string, clusters: CachedClusters): void {
  const save = store.db.prepare('INSERT OR REPLACE INTO topic_cluster_cache VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const { folders, model, parameters, embeddingsCount, embeddingsUpdatedAt, result } = clusters;
  store.transaction(() =>
    save.run(
      key,
      JSON.stringify(folders),
      model,
      JSON.stringify(parameters),
      embeddingsCount,
      embeddingsUpdatedAt,
      JSON.stringify(result),
      new Date().toISOString(),
    ),
  );
}
