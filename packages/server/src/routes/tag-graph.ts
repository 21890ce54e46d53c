import type { api, Handlers } from '@iib-kit/contract';

import type { RequestContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import type { Reply } from '../http/reply.ts';
import { text } from '../ports/text.ts';
import { newestClustering, readClustering, type CachedClustering } from '../topics/cluster-cache.ts';
import type { ClusterResult } from '../topics/cluster-result.ts';
import { graphOfClusters } from '../topics/graph-of-clusters.ts';
import { requestedFolders } from './requested-folders.ts';

export const tagGraph: Handlers<typeof api, RequestContext, Reply>['tagGraph'] = {
  async build({ folder_paths, lang }, context) {
    const { ai, index, request } = context;
    const folders = await requestedFolders({ folder_paths }, context);
    const cached = await newestClustering(index, folders);
    if (cached === undefined) {
      throw new HttpError(400, text('these folders were not clustered yet', '这些文件夹尚未聚类'));
    }
    const { layers, links, stats, failure } = await graphOfClusters(
      cached,
      { lang, signal: request.signal },
      { ai, index },
    );
    const { clusters, embedder, model, cacheKey } = cached.result;
    const why = clusters.length === 0 ? whyNothing(cached.result) : failure;
    return {
      layers: layers.map(({ nodes, ...layer }) => ({ ...layer, nodes: [...nodes] })),
      links: [...links],
      stats: { ...stats, failure: why, embedder, model, topic_cluster_cache_key: cacheKey },
    };
  },

  async clusterPaths({ topic_cluster_cache_key, cluster_id }, { access, index }) {
    if (topic_cluster_cache_key.trim() === '' || cluster_id.trim() === '') {
      throw new HttpError(
        400,
        text(
          'topic_cluster_cache_key and cluster_id cannot be empty',
          'topic_cluster_cache_key 和 cluster_id 不能为空',
        ),
      );
    }
    const cached = await readClustering(index, topic_cluster_cache_key);
    const paths = pathsOf(cached, cluster_id);
    const there = await index.images(paths);
    return { paths: paths.filter((path) => there.has(path) && access.contains(path)) };
  },
};

/** Throws `HttpError` 404 for a clustering or a cluster that is not there. */
function pathsOf(cached: CachedClustering | undefined, id: string): readonly string[] {
  if (cached === undefined) {
    throw new HttpError(404, text('there is no such clustering', '没有这样的聚类结果'));
  }
  const cluster = cached.result.clusters?.find((known) => known.id === id);
  if (cluster !== undefined) return cluster.paths;
  const shown = JSON.stringify(id);
  throw new HttpError(404, text(`there is no cluster ${shown}`, `没有聚类 ${shown}`));
}

/** Why there is nothing to draw. */
function whyNothing({ count, threshold, minClusterSize, failure }: ClusterResult): string {
  const sizes = `threshold ${threshold}, at least ${minClusterSize} in a group`;
  return `the last clustering of these folders grouped none of their ${count} images: ${failure ?? sizes}`;
}
