import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

export interface Annotations {
  readonly rating: number;
  readonly note: string;
}

const none: Annotations = { rating: 0, note: '' };

const annotationsKey = (path: string) => [queryKeys.annotations, 'of', path] as const;

/** Rating and note of an image. */
export function useAnnotations(path: Accessor<string>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: annotationsKey(path()),
    queryFn: async ({ signal }): Promise<Annotations> =>
      (await client.marks.ofImages({ paths: [path()] }, { signal }))[path()] ?? none,
    enabled: path() !== '',
  }));
}

/** Rates images. The new rating shows at once, and is rolled back if the request fails. */
export function useRate() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: ({ paths, rating }: { paths: readonly string[]; rating: number }) =>
      client.marks.rate({ img_paths: [...paths], rating }),
    onMutate: async ({ paths, rating }) => {
      const before: [path: string, annotations: Annotations | undefined][] = [];
      for (const path of paths) {
        await queryClient.cancelQueries({ queryKey: annotationsKey(path) });
        const annotations = queryClient.getQueryData<Annotations>(annotationsKey(path));
        before.push([path, annotations]);
        if (annotations !== undefined)
          queryClient.setQueryData(annotationsKey(path), { ...annotations, rating });
      }
      return before;
    },
    onError: (_error, _variables, before) => {
      for (const [path, annotations] of before ?? [])
        queryClient.setQueryData(annotationsKey(path), annotations);
    },
  }));
}

/** Saves the note of an image. */
export function useWriteNote() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: ({ path, note }: { path: string; note: string }) =>
      client.marks.note({ img_path: path, note }),
    onSuccess: (_answer, { path, note }) =>
      queryClient.setQueryData<Annotations>(annotationsKey(path), (annotations) => ({
        ...(annotations ?? none),
        note,
      })),
  }));
}
