import type { TopicCache } from '@iib-kit/catalog';

import { readClustering } from './cluster-cache.ts';
import type { ClusterResult } from './cluster-result.ts';
import { fromStored } from './stored-clustering.ts';

/** The kind of the jobs that cluster. */
export const CLUSTER_JOB = 'cluster';

/** Version 1 was the whole result. */
const VERSION = 2;

/** What the record of a job holds: the result itself is stored once, in the cache. */
export interface ClusterReference {
  readonly version: typeof VERSION;
  readonly cacheKey: string;
  /** A later run under the same key is another result. */
  readonly runId: string;
  /** Differs between jobs that have the same result. */
  readonly cacheHit: boolean;
}

export function referenceTo({ cacheKey, runId, cacheHit }: ClusterResult): ClusterReference {
  return { version: VERSION, cacheKey, runId, cacheHit };
}

/** The result of a completed job, or why there is none any more. */
export type ClusterOutcome =
  | { readonly result: ClusterResult }
  | { readonly missing: 'replaced' | 'removed' };

/** Resolves what the record of a job holds; undefined where it holds nothing. */
export async function clusterOutcome(
  stored: unknown,
  index: Pick<TopicCache, 'cachedClusters'>,
): Promise<ClusterOutcome | undefined> {
  if (stored === undefined) return undefined;
  if (!isReference(stored)) {
    const result = fromStored(stored, '');
    return result === undefined ? { missing: 'removed' } : { result };
  }
  const cached = await readClustering(index, stored.cacheKey);
  if (cached === undefined) return { missing: 'removed' };
  if (cached.result.runId !== stored.runId) return { missing: 'replaced' };
  return { result: { ...cached.result, cacheHit: stored.cacheHit } };
}

function isReference(stored: unknown): stored is ClusterReference {
  return typeof stored === 'object' && stored !== null && 'version' in stored && 'runId' in stored;
}
