import { useQuery } from '@tanstack/solid-query';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

/** The settings of the server, including its library folders. */
export function useServerSettings() {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.info, 'global-setting'],
    queryFn: ({ signal }) => client.system.globalSetting({}, { signal }),
  }));
}
