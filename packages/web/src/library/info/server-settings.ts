import { useQuery } from '@tanstack/solid-query';

import { useClient } from '../connection/client.ts';
import { keys } from '../connection/query-keys.ts';

/** The settings of the server, its library folders among them. */
export function useLibraryFolders() {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [keys.facts, 'global-setting'],
    queryFn: ({ signal }) => client.system.globalSetting({}, { signal }),
  }));
}
