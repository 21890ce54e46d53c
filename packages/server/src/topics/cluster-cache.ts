import { createHash } from 'node:crypto';

import type { CachedClustersEntry, TopicCache, EmbeddingState } from '@iib-kit/catalog';
import {
  DEFAULT_LANG,
  DEFAULT_MAX_CHARS,
  DEFAULT_MIN_CLUSTER_SIZE,
  DEFAULT_THRESHOLD,
  type ClusterRequest,
} from './cluster-request.ts';
import type { ClusterResult } from './cluster-result.ts';
import { answersRequest, areIibParameters, fromIib } from './iib-clustering.ts';
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
  /** Hash of the images and their texts; undefined for a clustering that IIB made. */
  readonly fingerprint: string | undefined;
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
  const { parameters, embeddingsCount, embeddingsUpdatedAt, updatedAt } = cached;
  if (areIibParameters(parameters)) {
    const result = fromIib(key, cached, parameters);
    if (result === undefined) return undefined;
    const basis = { images: result.count, fingerprint: undefined, embeddingsCount, embeddingsUpdatedAt };
    return { result, basis, updatedAt };
  }
  const result = fromStored(cached.result, updatedAt);
  if (result === undefined) return undefined;
  const { images, fingerprint } = parameters as Pick<ClusterBasis, 'images' | 'fingerprint'>;
  return { result, basis: { images, fingerprint, embeddingsCount, embeddingsUpdatedAt }, updatedAt };
}

/** The clustering of IIB that answers a request. */
export async function readIibClustering(
  index: Pick<TopicCache, 'cachedClusters' | 'cachedClustersOf'>,
  request: ClusterRequest,
  model: string,
): Promise<CachedClustering | undefined> {
  const entries = await index.cachedClustersOf(request.folders);
  const key = newestFirst(entries).find(
    ({ parameters }) => areIibParameters(parameters) && answersRequest(parameters, request, model),
  )?.key;
  return key === undefined ? undefined : readClustering(index, key);
}

/** The newest clustering of exactly these folders, whoever asked for it and with whatever settings. */
export async function newestClustering(
  index: Pick<TopicCache, 'cachedClusters' | 'cachedClustersOf'>,
  folders: readonly string[],
): Promise<CachedClustering | undefined> {
  for (const { key, parameters } of newestFirst(await index.cachedClustersOf(folders))) {
    if (!isOfClustering(parameters)) continue;
    const found = await readClustering(index, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Tag graphs are cached under their folders as well. */
const isOfClustering = (parameters: unknown): boolean =>
  areIibParameters(parameters) ||
  (typeof parameters === 'object' && parameters !== null && 'fingerprint' in parameters);

function newestFirst(entries: readonly CachedClustersEntry[]): readonly CachedClustersEntry[] {
  return entries.toSorted((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt));
}

/** Caches a result. */
export async function cacheClustering(
  index: Pick<TopicCache, 'saveClusters'>,
  result: ClusterResult,
  { images, fingerprint, embeddingsCount, embeddingsUpdatedAt }: ClusterBasis,
): Promise<void> {
  const { cacheKey: key, folders, model } = result;
  await index.saveClusters(key, {
    folders,
    model,
    embeddingsCount,
    embeddingsUpdatedAt,
    parameters: { images, fingerprint },
    result: toStored(result),
  });
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

export function keyOf(value: unknown): string {
  return createHash('sha1').update(JSON.stringify(value)).digest('hex');
}
