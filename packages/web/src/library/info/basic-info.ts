import { useQuery } from '@tanstack/solid-query';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

/** Counts of the library and all its tags. */
export function useBasicInfo() {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.info, 'basic-info'],
    queryFn: ({ signal }) => client.search.basicInfo({}, { signal }),
  }));
}

/** What the server keeps, and within which limits. */
export function useStorage() {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.info, 'storage'],
    queryFn: ({ signal }) => client.system.storage({}, { signal }),
  }));
}

/** Name and version of the server. */
export function useVersion() {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.info, 'version'],
    queryFn: ({ signal }) => client.system.version({}, { signal }),
  }));
}
