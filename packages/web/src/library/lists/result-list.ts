import type { Client } from '@iib-kit/client/browser';
import { useQuery } from '@tanstack/solid-query';

import { createFixedList, type ImageFile, type ImageList } from './image-list.ts';
import { searchByMeaning } from '../files/similar-images.ts';
import { queryKeys } from '../connection/query-keys.ts';

/** Result limit of a search by meaning or similarity. */
const MAX_SIMILAR = 500;

/** Result limit of a search for a text or regular expression. */
const MAX_BY_TEXT = 10_000;

export type ResultSearch =
  | { readonly mode: 'text' | 'regexp' | 'meaning'; readonly query: string }
  /** By the path of an image. */
  | { readonly mode: 'similar' | 'duplicates'; readonly query: string };

/** The images that one request answers, as a list; made under an owner that ends it. */
export function createResultList(client: Client, search: ResultSearch): ImageList {
  const key = JSON.stringify(search);
  const answer = useQuery(() => ({
    queryKey: [queryKeys.images, 'answered', key],
    queryFn: ({ signal }) => askFor(client, search, signal),
    gcTime: 60_000,
    retry: false,
  }));
  const fixed = () => (answer.isSuccess ? createFixedList(key, answer.data) : undefined);
  return {
    key,
    blocks: () => fixed()?.blocks(),
    count: () => (answer.isSuccess ? answer.data.length : 0),
    fileAt: (index) => (answer.isSuccess ? answer.data[index] : undefined),
    indexOf: (path) => fixed()?.indexOf(path),
    need: () => {},
    filesAt: async (places) => (await fixed()?.filesAt(places)) ?? [],
    frozen: () => fixed()?.frozen() ?? (async () => []),
    error: () => (answer.isLoadingError ? answer.error : undefined),
    retry: () => void answer.refetch(),
    isFetching: () => answer.isFetching,
    unavailable: () => [],
    onChange: () => () => {},
    trackIndices: () => () => {},
  };
}

async function askFor(
  client: Client,
  search: ResultSearch,
  signal: AbortSignal,
): Promise<readonly ImageFile[]> {
  const { mode, query } = search;
  if (query === '') return [];
  switch (mode) {
    case 'text':
    case 'regexp': {
      const needle = mode === 'text' ? { surstr: query } : { regexp: query };
      return (await client.search.bySubstring({ ...needle, size: MAX_BY_TEXT }, { signal })).files;
    }
    case 'duplicates':
      return client.search.nearDuplicates({ path: query }, { signal });
    case 'meaning':
      return searchByMeaning(client, { query }, MAX_SIMILAR, signal);
    case 'similar':
      return searchByMeaning(client, { similar_to: query }, MAX_SIMILAR, signal);
    default:
      return mode satisfies never;
  }
}
