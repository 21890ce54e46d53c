import { useQuery } from '@tanstack/solid-query';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

/** Counts of the whole library. */
export function useStatistics() {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.statistics],
    queryFn: ({ signal }) => client.search.statistics({}, { signal }),
  }));
}
