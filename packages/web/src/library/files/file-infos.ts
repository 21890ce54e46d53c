import { useQuery } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { keys } from '../connection/query-keys.ts';

/** Names and times of files by path; those that are gone are left out. */
export function useFileFacts(paths: Accessor<readonly string[]>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [keys.images, 'facts', paths()],
    queryFn: async ({ signal }) => {
      const facts = await client.fileSystem.infos({ paths: [...paths()] }, { signal });
      return paths().flatMap((path) => facts[path] ?? []);
    },
    enabled: paths().length > 0,
  }));
}
