import type { CallOptions } from './call-options.ts';

export interface CachedTitle {
  readonly title: string;
  readonly keywords: readonly string[];
  readonly model: string;
}

export interface CachedClusters {
  readonly folders: readonly string[];
  readonly model: string;
  readonly parameters: unknown;
  readonly embeddingsCount: number;
  readonly embeddingsUpdatedAt: string;
  /** As JSON. The images of a clustering are the `paths` of its `clusters` and its `noise`. */
  readonly result: unknown;
}

/** Where a result is cached, without the result. */
export interface CachedClustersEntry {
  readonly key: string;
  readonly model: string;
  readonly parameters: unknown;
  /** As text, ISO 8601; IIB writes local time. */
  readonly updatedAt: string;
}

/** Titles and clusters that were made before. */
export interface TopicCache {
  cachedTitle(key: string, options?: CallOptions): Promise<CachedTitle | undefined>;
  saveTitle(key: string, title: CachedTitle, options?: CallOptions): Promise<void>;
  /** Without the images that the index has no more: `size` of a cluster and `count` are of those that are left. */
  cachedClusters(
    key: string,
    options?: CallOptions,
  ): Promise<(CachedClusters & { readonly updatedAt: string }) | undefined>;
  /** What was cached for exactly these folders, in whatever order they were named. */
  cachedClustersOf(
    folders: readonly string[],
    options?: CallOptions,
  ): Promise<readonly CachedClustersEntry[]>;
  saveClusters(key: string, clusters: CachedClusters, options?: CallOptions): Promise<void>;
}
