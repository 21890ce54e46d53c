import type { Tag } from '@iib-kit/client/browser';
import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

/** The custom tags, most used first. */
export function useCustomTags() {
  const client = useClient();
  return useQuery(() => ({
    // The key of `useBasicInfo`, so that both share one request.
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

/** Renames or recolors a tag. */
export function useUpdateTag() {
  const client = useClient();
  return useTagMutation((change: TagChange) => client.tags.update(change));
}

/** Deletes a tag, also from all images. */
export function useRemoveTag() {
  const client = useClient();
  return useTagMutation(({ id }: { readonly id: number }) => client.tags.remove({ tag_id: id }));
}

/** Replaces a tag by another one on all images, and deletes it. */
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
