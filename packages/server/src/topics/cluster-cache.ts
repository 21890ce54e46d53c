import { createHash } from 'node:crypto';

import type { TopicCache, EmbeddingState } from '@iib-kit/catalog';
import {
  DEFAULT_LANG,
  DEFAULT_MAX_CHARS,
  DEFAULT_MIN_CLUSTER_SIZE,
  DEFAULT_THRESHOLD,
  type ClusterRequest,
} from './cluster-request.ts';
import type { ClusterResult } from './cluster-result.ts';
import { fromStored, toStored } from './stored-clustering.ts';

/** Increased when results of earlier versions no longer answer the same request. */
const VERSION = 1;

/** What the result depends on beside the request: the models of vectors and titles, and how texts were prepared. */
export interface ClusterMakers {
  readonly model: string;
  readonly titleModel: string;
  readonly textVersion: string;
}

/** What a result was made from. */
export interface ClusterBasis {
  readonly images: number;
  /** Hash of the images and their texts. */
  readonly fingerprint: string;
  readonly embeddingsCount: number;
  readonly embeddingsUpdatedAt: string;
}

/** A clustering from the cache. */
export interface CachedClustering {
  readonly result: ClusterResult;
  readonly basis: ClusterBasis;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** The key under which the result of a request is cached. */
export function clusterKey(request: ClusterRequest, makers: ClusterMakers): string {
  const {
    folders,
    recursive,
    threshold = DEFAULT_THRESHOLD,
    minClusterSize = DEFAULT_MIN_CLUSTER_SIZE,
    assignNoiseThreshold = null,
    maxChars = DEFAULT_MAX_CHARS,
    lang = DEFAULT_LANG,
  } = request;
  return keyOf([
    'clusters',
    VERSION,
    [...folders].sort(),
    recursive,
    [threshold, minClusterSize, assignNoiseThreshold, maxChars, lang],
    [makers.model, makers.titleModel, makers.textVersion],
  ]);
}

export async function readClustering(
  index: Pick<TopicCache, 'cachedClusters'>,
  key: string,
): Promise<CachedClustering | undefined> {
  const cached = await index.cachedClusters(key);
  if (cached === undefined) return undefined;
  const result = fromStored(cached.result, cached.updatedAt);
  if (result === undefined) return undefined;
  const { images, fingerprint } = cached.parameters as Pick<ClusterBasis, 'images' | 'fingerprint'>;
  return {
    result,
    basis: {
      images,
      fingerprint,
      embeddingsCount: cached.embeddingsCount,
      embeddingsUpdatedAt: cached.embeddingsUpdatedAt,
    },
    updatedAt: cached.updatedAt,
  };
}

/** Caches a result, also as the latest of its folders. */
export async function cacheClustering(
  index: TopicCache,
  result: ClusterResult,
  { images, fingerprint, embeddingsCount, embeddingsUpdatedAt }: ClusterBasis,
): Promise<void> {
  const { cacheKey: key, folders, model } = result;
  const about = { folders, model, embeddingsCount, embeddingsUpdatedAt };
  await index.saveClusters(key, {
    ...about,
    parameters: { images, fingerprint },
    result: toStored(result),
  });
  await index.saveClusters(latestKey(folders), { ...about, parameters: {}, result: { key } });
}

/** The key of the result that was made last for these folders. */
export async function latestClustersKey(
  index: TopicCache,
  folders: readonly string[],
): Promise<string | undefined> {
  const cached = await index.cachedClusters(latestKey(folders));
  return (cached?.result as { key: string } | undefined)?.key;
}

/** The number of vectors, and when the latest of them was made. */
export function embeddingsState(
  states: ReadonlyMap<string, EmbeddingState>,
): Pick<ClusterBasis, 'embeddingsCount' | 'embeddingsUpdatedAt'> {
  let embeddingsCount = 0;
  let embeddingsUpdatedAt = '';
  for (const { textHash, updatedAt = '' } of states.values()) {
    if (textHash === undefined) continue;
    embeddingsCount += 1;
    if (updatedAt > embeddingsUpdatedAt) embeddingsUpdatedAt = updatedAt;
  }
  return { embeddingsCount, embeddingsUpdatedAt };
}

function latestKey(folders: readonly string[]): string {
  return keyOf(['latest', VERSION, [...folders].sort()]);
}

export function keyOf(value: unknown): string {
  return createHash('sha1').update(JSON.stringify(value)).digest('hex');
}
