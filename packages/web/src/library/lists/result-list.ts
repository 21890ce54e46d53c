import type { Client } from '@iib-kit/client/browser';
import { useQuery } from '@tanstack/solid-query';
import { createMemo } from 'solid-js';

import { queryKeys } from '../connection/query-keys.ts';
import { searchByMeaning } from '../files/similar-images.ts';
import { createFixedList } from './fixed-list.ts';
import type { ImageFile, ImageList } from './image-list.ts';

/** Result limit of a search by meaning or similarity. */
const MAX_SIMILAR = 500;

/** Result limit of a search for a text or regular expression. */
const MAX_BY_TEXT = 10_000;

export interface ResultSearch {
  readonly mode: 'text' | 'regexp' | 'meaning' | 'similar' | 'duplicates';
  /** What to search for; in the modes `similar` and `duplicates`, the path of an image. */
  readonly query: string;
}

/** The images that one request returns, as a list; its owner disposes of it. */
export function createResultList(client: Client, search: ResultSearch): ImageList {
  const key = JSON.stringify(search);
  const result = useQuery(() => ({
    queryKey: [queryKeys.images, 'result', key],
    queryFn: ({ signal }) => fetchResult(client, search, signal),
    gcTime: 60_000,
    retry: false,
  }));
  const loading = createFixedList(key, []);
  const list = createMemo(() => (result.isSuccess ? createFixedList(key, result.data) : undefined));
  const present = () => list() ?? loading;
  return {
    ...loading,
    pages: () => list()?.pages(),
    count: () => present().count(),
    fileAt: (index) => present().fileAt(index),
    indexOf: (path) => present().indexOf(path),
    filesAt: (indices) => present().filesAt(indices),
    snapshot: () => present().snapshot(),
    error: () => (result.isLoadingError ? result.error : undefined),
    retry: () => void result.refetch(),
    isFetching: () => result.isFetching,
  };
}

async function fetchResult(
  client: Client,
  { mode, query }: ResultSearch,
  signal: AbortSignal,
): Promise<readonly ImageFile[]> {
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
