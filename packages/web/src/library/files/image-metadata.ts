import { useQuery } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { keys } from '../connection/query-keys.ts';

/** Size, dates and name of a file; null where it is not there. */
export function useFileInfo(path: Accessor<string>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [keys.images, 'file', path()],
    queryFn: async ({ signal }) =>
      (await client.fileSystem.infos({ paths: [path()] }, { signal }))[path()] ?? null,
    enabled: path() !== '',
  }));
}

/** What generated an image, by field, and the texts that were found in it. */
export function useImageDescription(path: Accessor<string>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [keys.images, 'description', path()],
    queryFn: ({ signal }) => client.imageMetadata.describe({ path: path() }, { signal }),
    enabled: path() !== '',
  }));
}

/** EXIF and the other texts of a file by name, once it is asked for. */
export function useImageExif(path: Accessor<string>, isWanted: Accessor<boolean>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [keys.images, 'exif', path()],
    queryFn: ({ signal }) => client.imageMetadata.exif({ path: path() }, { signal }),
    enabled: path() !== '' && isWanted(),
  }));
}

/** The generation text as one, for other tools to read. */
export function useInfotextReader(): (path: string) => Promise<string> {
  const client = useClient();
  return (path) => client.imageMetadata.geninfo({ path });
}
