import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

export interface Annotations {
  readonly rating: number;
  readonly note: string;
}

const unmarked: Annotations = { rating: 0, note: '' };

const annotationsKey = (path: string) => [queryKeys.annotations, 'of', path] as const;

/** Rating and note of an image. */
export function useAnnotations(path: Accessor<string>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: annotationsKey(path()),
    queryFn: async ({ signal }): Promise<Annotations> =>
      (await client.marks.ofImages({ paths: [path()] }, { signal }))[path()] ?? unmarked,
    enabled: path() !== '',
  }));
}

/** Rates images; what is shown changes at once, and back where the server refuses. */
export function useRate() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: ({ paths, rating }: { paths: readonly string[]; rating: number }) =>
      client.marks.rate({ img_paths: [...paths], rating }),
    onMutate: async ({ paths, rating }) => {
      const before: [path: string, marks: Annotations | undefined][] = [];
      for (const path of paths) {
        await queryClient.cancelQueries({ queryKey: annotationsKey(path) });
        const marks = queryClient.getQueryData<Annotations>(annotationsKey(path));
        before.push([path, marks]);
        if (marks !== undefined) queryClient.setQueryData(annotationsKey(path), { ...marks, rating });
      }
      return before;
    },
    onError: (_error, _variables, before) => {
      for (const [path, marks] of before ?? []) queryClient.setQueryData(annotationsKey(path), marks);
    },
  }));
}

/** Writes a note; resolves when the server has it. */
export function useWriteNote() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: ({ path, note }: { path: string; note: string }) =>
      client.marks.note({ img_path: path, note }),
    onSuccess: (_answer, { path, note }) =>
      queryClient.setQueryData<Annotations>(annotationsKey(path), (marks) => ({
        ...(marks ?? unmarked),
        note,
      })),
  }));
}
