import { keepPreviousData, useQuery } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import type { ValueField } from '../../query/query-terms.ts';
import { useClient } from '../connection/client.ts';
import { keys } from '../connection/query-keys.ts';

export interface WantedCompletions {
  readonly field: ValueField;
  readonly prefix: string;
}

/** What a value may become that somebody is typing, most used first; nothing while nothing is wanted. */
export function useCompletions(wanted: Accessor<WantedCompletions | undefined>, limit: number) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [keys.tags, 'completions', wanted()?.field, wanted()?.prefix, limit],
    queryFn: ({ signal }) => {
      const { field = 'tag', prefix = '' } = wanted() ?? {};
      return client.search.complete({ field, prefix, limit }, { signal });
    },
    enabled: wanted() !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  }));
}
