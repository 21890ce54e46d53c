import type { CachedClusters, CachedClustersEntry, CachedTitle } from '@iib-kit/catalog';
import type { Sqlite } from '../../connection/sqlite.ts';
import { goneImages, imagesOfClustering, withoutImages } from '../../tables/clustering-images.ts';
import { parseStored, parseStoredTexts } from '../../tables/stored-json.ts';

interface TitleRow {
  readonly title: string;
  readonly keywords: string;
  readonly model: string;
}

export function cachedTitle(db: Sqlite, key: string): CachedTitle | undefined {
  const row = db
    .prepare<[string], TitleRow>(
      'SELECT title, keywords, model FROM topic_title_cache WHERE cluster_hash = ?',
    )
    .get(key);
  const keywords = row && parseStoredTexts(row.keywords);
  // What cannot be read is not in the cache.
  return row && keywords && { title: row.title, model: row.model, keywords };
}

interface ClusterRow {
  readonly folders: string;
  readonly model: string;
  readonly params: string;
  readonly embeddings_count: number;
  readonly embeddings_max_updated_at: string;
  readonly result: string;
  readonly updated_at: string;
}

export function cachedClusters(
  db: Sqlite,
  key: string,
): (CachedClusters & { readonly updatedAt: string }) | undefined {
  const row = db
    .prepare<[string], ClusterRow>('SELECT * FROM topic_cluster_cache WHERE cache_key = ?')
    .get(key);
  if (row === undefined) return undefined;
  const folders = parseStoredTexts(row.folders);
  const result = parseStored(row.result);
  if (folders === undefined || result === undefined) return undefined;
  return {
    folders,
    model: row.model,
    parameters: parseStored(row.params),
    embeddingsCount: row.embeddings_count,
    embeddingsUpdatedAt: row.embeddings_max_updated_at,
    result: withoutImages(result, goneImages(db, imagesOfClustering(result))),
    updatedAt: row.updated_at,
  };
}

/** What was cached for exactly these folders, in whatever order they were named. */
export function cachedClustersOf(db: Sqlite, folders: readonly string[]): readonly CachedClustersEntry[] {
  const rows = db
    .prepare<[], Pick<ClusterRow, 'folders' | 'model' | 'params' | 'updated_at'> & { cache_key: string }>(
      'SELECT cache_key, folders, model, params, updated_at FROM topic_cluster_cache',
    )
    .all();
  const wanted = new Set(folders);
  return rows
    .filter((row) => isSet(JSON.parse(row.folders), wanted))
    .map(({ cache_key: key, model, params, updated_at: updatedAt }) => ({
      key,
      model,
      parameters: JSON.parse(params) as unknown,
      updatedAt,
    }));
}

function isSet(names: unknown, wanted: ReadonlySet<string>): boolean {
  if (!Array.isArray(names)) return false;
  return new Set(names).size === wanted.size && names.every((name) => wanted.has(name));
}
