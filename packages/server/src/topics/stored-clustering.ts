import type { ClusterResult, TopicCluster } from './cluster-result.ts';

/** Version 1 was written without a number, in the names of the API. */
const VERSION = 2;

/** A result as the cache stores it. */
export function toStored(result: ClusterResult): object {
  return { version: VERSION, ...result };
}

/**
 * A result as the cache stored it, of this version or an earlier one, which named no runs. Undefined for anything else.
 */
export function fromStored(stored: unknown, earlierRunId: string): ClusterResult | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  if ('version' in stored) {
    const { version, ...result } = stored;
    // Only `toStored` writes this version.
    return version === VERSION ? (result as ClusterResult) : undefined;
  }
  return 'min_cluster_size' in stored ? fromVersion1(stored as ResultOfVersion1, earlierRunId) : undefined;
}

interface ResultOfVersion1 {
  readonly folder: string;
  readonly folders: readonly string[];
  readonly count: number;
  readonly threshold: number;
  readonly min_cluster_size: number;
  readonly assign_noise_threshold: number | null;
  readonly lang: string;
  readonly embedder: ClusterResult['embedder'];
  readonly model: string;
  readonly title_model: string;
  readonly text_version: string;
  readonly clusters: readonly (Omit<TopicCluster, 'samplePrompt'> & { readonly sample_prompt: string })[];
  readonly noise: readonly string[];
  readonly failed: number;
  readonly skipped_failed: number;
  readonly failure: string | null;
  readonly title_failure: string | null;
  readonly cache_key: string;
  readonly cache_hit: boolean;
}

function fromVersion1(stored: ResultOfVersion1, runId: string): ClusterResult {
  return {
    folder: stored.folder,
    folders: stored.folders,
    threshold: stored.threshold,
    minClusterSize: stored.min_cluster_size,
    assignNoiseThreshold: stored.assign_noise_threshold,
    lang: stored.lang,
    embedder: stored.embedder,
    model: stored.model,
    titleModel: stored.title_model,
    textVersion: stored.text_version,
    cacheKey: stored.cache_key,
    runId,
    count: stored.count,
    clusters: stored.clusters.map(({ sample_prompt: samplePrompt, ...cluster }) => ({
      ...cluster,
      samplePrompt,
    })),
    noise: stored.noise,
    failed: stored.failed,
    skippedFailed: stored.skipped_failed,
    failure: stored.failure,
    titleFailure: stored.title_failure,
    cacheHit: stored.cache_hit,
  };
}
