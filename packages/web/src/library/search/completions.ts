import { keepPreviousData, useQuery } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import type { CompletionField } from '@iib-kit/contract';
import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

export interface CompletionRequest {
  readonly field: CompletionField;
  readonly prefix: string;
}

/** What a value may become that somebody is typing, most used first; nothing while nothing is wanted. */
export function useCompletions(wanted: Accessor<CompletionRequest | undefined>, limit: number) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.tags, 'completions', wanted()?.field, wanted()?.prefix, limit],
    queryFn: ({ signal }) => {
      const { field = 'tag', prefix = '' } = wanted() ?? {};
      return client.search.complete({ field, prefix, limit }, { signal });
    },
    enabled: wanted() !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  }));
}
