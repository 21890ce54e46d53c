import { keepPreviousData, useQuery } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import type { CompletionField } from '@iib-kit/contract';
import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

export interface CompletionRequest {
  readonly field: CompletionField;
  readonly prefix: string;
}

/** Completions of a value, most used first; idle without a request. */
export function useCompletions(request: Accessor<CompletionRequest | undefined>, limit: number) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.tags, 'completions', request()?.field, request()?.prefix, limit],
    queryFn: ({ signal }) => {
      const { field = 'tag', prefix = '' } = request() ?? {};
      return client.search.complete({ field, prefix, limit }, { signal });
    },
    enabled: request() !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  }));
}
