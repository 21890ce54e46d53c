import { useQuery } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

/** The parsed generation metadata of an image, and the raw texts it came from. */
export function useImageMetadata(path: Accessor<string>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.images, 'description', path()],
    queryFn: ({ signal }) => client.imageMetadata.describe({ path: path() }, { signal }),
    enabled: path() !== '',
  }));
}

/** EXIF and the other texts of a file by name, fetched once `isEnabled`. */
export function useImageExif(path: Accessor<string>, isEnabled: Accessor<boolean>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: [queryKeys.images, 'exif', path()],
    queryFn: ({ signal }) => client.imageMetadata.exif({ path: path() }, { signal }),
    enabled: path() !== '' && isEnabled(),
  }));
}

/** Reads prompt and settings as one text in the format of the AUTOMATIC1111 web UI, which other tools accept. */
export function useInfotextReader(): (path: string) => Promise<string> {
  const client = useClient();
  return (path) => client.imageMetadata.geninfo({ path });
}
