import { useInfiniteQuery } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from './client.ts';
import { keys } from './keys.ts';

const PAGE_SIZE = 200;

/** The images that fit a query, newest first, page by page. */
export function useImagePages(query: Accessor<string>) {
  const client = useClient();
  return useInfiniteQuery(() => ({
    queryKey: [keys.images, 'pages', query()],
    queryFn: ({ pageParam, signal }) =>
      client.search.byQuery({ query: query(), cursor: pageParam, size: PAGE_SIZE }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => (cursor.has_next ? cursor.next : undefined),
  }));
}
