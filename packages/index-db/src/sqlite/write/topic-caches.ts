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

/** How often a use is noted, in seconds: it orders what is removed, no more. */
const useNotedEvery = 3600;

/** Notes that a clustering was asked for, which keeps it from being removed before others. */
export function noteClustersUse({ db }: WriterStore, key: string): void {
  const now = Math.floor(Date.now() / 1000);
  const used = db
    .prepare<[string], number>('SELECT used FROM cluster_use WHERE cache_key = ?')
    .pluck()
    .get(key);
  if (used !== undefined && now >= used && now - used < useNotedEvery) return;
  db.prepare('INSERT OR REPLACE INTO cluster_use VALUES (?, ?)').run(key, now);
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
