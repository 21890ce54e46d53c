import type { Client, FileInfo } from '@iib-kit/client/browser';
import { useQuery } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

/** Name, dates and size of files, in the order of their paths; files that no longer exist are left out. */
export async function fetchFileInfos(
  client: Client,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly FileInfo[]> {
  const infos = await client.fileSystem.infos({ paths: [...paths] }, { signal });
  return paths.flatMap((path) => infos[path] ?? []);
}

export function useFileInfos(paths: Accessor<readonly string[]>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.images, 'files', paths()],
    queryFn: ({ signal }) => fetchFileInfos(client, paths(), signal),
    enabled: paths().length > 0,
  }));
}

/** As `useFileInfos` for a single file; null where it does not exist. */
export function useFileInfo(path: Accessor<string>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.images, 'file', path()],
    queryFn: async ({ signal }) => (await fetchFileInfos(client, [path()], signal))[0] ?? null,
    enabled: path() !== '',
  }));
}
