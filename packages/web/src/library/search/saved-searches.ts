import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';

import type { QuerySort } from '@iib-kit/contract';
import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

/** The saved searches. */
export function useSavedSearches() {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.savedSearches],
    queryFn: ({ signal }) => client.search.savedSearches({}, { signal }),
  }));
}

export function useSaveSearch() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: (search: { name: string; query: string; sort: QuerySort }) =>
      client.search.saveSearch(search),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [queryKeys.savedSearches] }),
  }));
}

export function useRemoveSavedSearch() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: (name: string) => client.search.removeSavedSearch({ name }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [queryKeys.savedSearches] }),
  }));
}
