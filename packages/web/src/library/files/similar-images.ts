import { useMutation, useQuery } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { keys } from '../connection/query-keys.ts';
import type { ListedFile } from '../lists/active-list.ts';

const MOST = 24;

/** Images whose prompts mean the same, nearest first. Without a model's key, words alone are compared on the server. */
export function useMoreLikeThis(path: Accessor<string>, isWanted: Accessor<boolean>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [keys.topics, 'like', path()],
    queryFn: async ({ signal }): Promise<readonly ListedFile[]> => {
      const { results } = await client.ai.searchByPrompt({ similar_to: path(), top_k: MOST }, { signal });
      const infos = await client.fileSystem.infos(
        { paths: results.map((result) => result.path) },
        { signal },
      );
      return results.flatMap((result) => infos[result.path] ?? []);
    },
    enabled: path() !== '' && isWanted(),
    retry: false,
  }));
}

/** Images that look the same, nearest first. */
export function useNearDuplicates(path: Accessor<string>, isWanted: Accessor<boolean>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [keys.looks, path()],
    queryFn: ({ signal }) => client.search.nearDuplicates({ path: path(), size: MOST }, { signal }),
    enabled: path() !== '' && isWanted(),
    retry: false,
  }));
}

/** Hashes all images of the library, so that near duplicates are found among them. */
export function useHashImages() {
  const client = useClient();
  return useMutation(() => ({ mutationFn: () => client.search.hashImages({}) }));
}
