import type { ClusterResult as ClusterAnswer } from '@iib-kit/contract';

import type { ClusterResult } from '../../topics/cluster-result.ts';

export function clusterToResponse(result: ClusterResult): ClusterAnswer {
  return {
    ...result,
    folders: [...result.folders],
    noise: [...result.noise],
    clusters: result.clusters.map((cluster) => ({
      ...cluster,
      keywords: [...cluster.keywords],
      paths: [...cluster.paths],
    })),
  };
}
