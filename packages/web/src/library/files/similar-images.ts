import type { Client, FileInfo } from '@iib-kit/client/browser';
import { useMutation, useQuery } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';
import { fetchFileInfos } from './file-infos.ts';

const MAX_SIMILAR = 24;

/** Finds images by the meaning of their prompts, most similar first: to a description, or to another image. */
export async function searchByMeaning(
  client: Client,
  to: { readonly query: string } | { readonly similar_to: string },
  limit: number,
  signal: AbortSignal,
): Promise<readonly FileInfo[]> {
  const { results } = await client.ai.searchByPrompt({ ...to, top_k: limit }, { signal });
  return fetchFileInfos(
    client,
    results.map(({ path }) => path),
    signal,
  );
}

/** Images with a similar prompt, most similar first. Without an embedding model the server compares words. */
export function useMoreLikeThis(path: Accessor<string>, isEnabled: Accessor<boolean>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.topics, 'like', path()],
    queryFn: ({ signal }) => searchByMeaning(client, { similar_to: path() }, MAX_SIMILAR, signal),
    enabled: path() !== '' && isEnabled(),
    retry: false,
  }));
}

/** Images that look the same, most similar first. */
export function useNearDuplicates(path: Accessor<string>, isEnabled: Accessor<boolean>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.nearDuplicates, path()],
    queryFn: ({ signal }) => client.search.nearDuplicates({ path: path(), size: MAX_SIMILAR }, { signal }),
    enabled: path() !== '' && isEnabled(),
    retry: false,
  }));
}

/** Computes the perceptual hash of every image: only hashed images can be found as near duplicates. */
export function useComputeHashes() {
  const client = useClient();
  return useMutation(() => ({ mutationFn: () => client.search.hashImages({}) }));
}
