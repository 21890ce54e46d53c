import { useQuery } from '@tanstack/solid-query';

import { useClient } from './client.ts';
import { keys } from './keys.ts';

/** Counts of the whole library. */
export function useStatistics() {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [keys.statistics],
    queryFn: ({ signal }) => client.search.statistics({}, { signal }),
  }));
}
