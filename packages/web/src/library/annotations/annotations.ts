import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { keys } from '../connection/query-keys.ts';

export interface Marks {
  readonly rating: number;
  readonly note: string;
}

const unmarked: Marks = { rating: 0, note: '' };

const marksKey = (path: string) => [keys.marks, 'of', path] as const;

/** Rating and note of an image. */
export function useMarks(path: Accessor<string>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: marksKey(path()),
    queryFn: async ({ signal }): Promise<Marks> =>
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
      const before: [path: string, marks: Marks | undefined][] = [];
      for (const path of paths) {
        await queryClient.cancelQueries({ queryKey: marksKey(path) });
        const marks = queryClient.getQueryData<Marks>(marksKey(path));
        before.push([path, marks]);
        if (marks !== undefined) queryClient.setQueryData(marksKey(path), { ...marks, rating });
      }
      return before;
    },
    onError: (_error, _variables, before) => {
      for (const [path, marks] of before ?? []) queryClient.setQueryData(marksKey(path), marks);
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
      queryClient.setQueryData<Marks>(marksKey(path), (marks) => ({ ...(marks ?? unmarked), note })),
  }));
}
