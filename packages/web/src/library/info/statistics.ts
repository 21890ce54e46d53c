import { useQuery } from '@tanstack/solid-query';

import { useClient } from '../connection/client.ts';
import { keys } from '../connection/query-keys.ts';

/** Counts of the whole library. */
export function useStatistics() {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [keys.statistics],
    queryFn: ({ signal }) => client.search.statistics({}, { signal }),
  }));
}
