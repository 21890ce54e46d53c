import type { Tag } from '@iib-kit/client/browser';
import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

/** The tags that people made, most used first. */
export function useCustomTags() {
  const client = useClient();
  return useQuery(() => ({
    // The same answer as that of `useBasicInfo`: it is asked for once.
    queryKey: [queryKeys.info, 'basic-info'],
    queryFn: ({ signal }) => client.search.basicInfo({}, { signal }),
    select: ({ tags }): readonly Tag[] =>
      tags
        .filter((tag) => tag.type === 'custom')
        .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name)),
  }));
}

export interface TagChange {
  readonly id: number;
  readonly name?: string;
  readonly color?: string;
}

/** Gives a tag another name or colour. */
export function useUpdateTag() {
  const client = useClient();
  return useTagMutation((change: TagChange) => client.tags.update(change));
}

/** Takes a tag from all images and removes it. */
export function useRemoveTag() {
  const client = useClient();
  return useTagMutation(({ id }: { readonly id: number }) => client.tags.remove({ tag_id: id }));
}

/** Gives the images of a tag another one instead. */
export function useMergeTags() {
  const client = useClient();
  return useTagMutation(({ id, into }: { readonly id: number; readonly into: number }) =>
    client.tags.merge({ tag_id: id, into }),
  );
}

function useTagMutation<Input, Output>(work: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: work,
    onSuccess: () =>
      Promise.all(
        [queryKeys.tags, queryKeys.info].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      ),
  }));
}
