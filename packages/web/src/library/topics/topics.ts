import type { api, OutputOf } from '@iib-kit/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { language } from '../../i18n/language.ts';
import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

/** Which images are clustered, and how. */
export interface TopicScope {
  /** Empty for the whole library. */
  readonly folder: string;
  /** The least cosine similarity of an image to its topic. */
  readonly threshold: number;
  readonly minSize: number;
}

export type KnownTopics = OutputOf<typeof api.ai.cachedClusters>;
export type TopicResult = NonNullable<KnownTopics['result']>;
export type Topic = TopicResult['clusters'][number];
export type TagGraph = OutputOf<typeof api.tagGraph.build>;

function requestOf({ folder, threshold, minSize }: TopicScope) {
  return {
    ...(folder === '' ? {} : { folder }),
    threshold,
    min_cluster_size: minSize,
    recursive: true,
    lang: language() === 'zh-cn' ? 'zh-CN' : language(),
  };
}

/** The topics found for a scope, and whether they are outdated. */
export function useTopics(scope: Accessor<TopicScope>) {
  const client = useClient();
  return useQuery(() => {
    const request = requestOf(scope());
    return {
      queryKey: [queryKeys.topics, 'clusters', request],
      queryFn: ({ signal }: { signal: AbortSignal }) => client.ai.cachedClusters(request, { signal }),
    };
  });
}

/** Starts a job that finds topics. */
export function useFindTopics() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: (scope: TopicScope) => client.ai.startClusterJob(requestOf(scope)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [queryKeys.jobs] }),
  }));
}

/** The tag graph of the topics of some folders. */
export function useTagGraph(folders: Accessor<readonly string[]>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.topics, 'graph', folders(), language()],
    queryFn: ({ signal }) =>
      client.tagGraph.build({ folder_paths: [...folders()], lang: language() }, { signal }),
    enabled: folders().length > 0,
  }));
}
