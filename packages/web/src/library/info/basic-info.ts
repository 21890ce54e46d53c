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

/** What is in the trash, the next to be deleted for good first. */
export function useExpiringTrash(isEnabled: () => boolean) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.trash],
    queryFn: ({ signal }) => client.fileSystem.listTrash({}, { signal }),
    select: ({ items }) =>
      items
        .flatMap(({ expires_time: expires }) => (expires === null ? [] : [expires]))
        .toSorted((a, b) => a - b),
    enabled: isEnabled(),
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
