import type { ClusterResult as ClusterAnswer } from '@iib-kit/contract';

import type { ClusterResult } from '../../topics/cluster-result.ts';

export function clusterToResponse(result: ClusterResult): ClusterAnswer {
  return {
    folder: result.folder,
    folders: [...result.folders],
    threshold: result.threshold,
    min_cluster_size: result.minClusterSize,
    assign_noise_threshold: result.assignNoiseThreshold,
    lang: result.lang,
    embedder: result.embedder,
    model: result.model,
    title_model: result.titleModel,
    text_version: result.textVersion,
    cache_key: result.cacheKey,
    count: result.count,
    clusters: result.clusters.flatMap(({ id, title, keywords, size, paths, samplePrompt }) =>
      // All its images may be gone since.
      paths.length === 0
        ? []
        : [{ id, title, keywords: [...keywords], size, paths: [...paths], sample_prompt: samplePrompt }],
    ),
    noise: [...result.noise],
    failed: result.failed,
    skipped_failed: result.skippedFailed,
    failure: result.failure,
    title_failure: result.titleFailure,
    cache_hit: result.cacheHit,
  };
}
