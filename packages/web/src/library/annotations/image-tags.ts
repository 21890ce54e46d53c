import type { Tag } from '@iib-kit/client/browser';
import { useMutation, useQuery, useQueryClient } from '@tanstack/solid-query';
import type { Accessor } from 'solid-js';

import { useClient } from '../connection/client.ts';
import { queryKeys } from '../connection/query-keys.ts';

const tagsKey = (path: string) => [queryKeys.tags, 'of', path] as const;

/** The custom tags of an image. */
export function useImageTags(path: Accessor<string>) {
  const client = useClient();
  return useQuery(() => ({
    queryKey: tagsKey(path()),
    queryFn: ({ signal }) => client.tags.ofImage({ path: path() }, { signal }),
    enabled: path() !== '',
  }));
}

/** Adds a tag to images, and creates the tag if it does not exist. */
export function useTagImages() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: async ({ paths, name }: { paths: readonly string[]; name: string }): Promise<Tag> => {
      const tag = await client.tags.add({ tag_name: name });
      await client.tags.batchUpdate({ img_paths: [...paths], action: 'add', tag_id: tag.id });
      return tag;
    },
    onSuccess: (tag, { paths }) => {
      for (const path of paths) {
        queryClient.setQueryData<Tag[]>(tagsKey(path), (tags) =>
          tags === undefined || tags.some(({ id }) => id === tag.id) ? tags : [...tags, tag],
        );
      }
    },
  }));
}

/** Removes a tag from images. */
export function useUntagImages() {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(() => ({
    mutationFn: ({ paths, tag }: { paths: readonly string[]; tag: Pick<Tag, 'id'> }) =>
      client.tags.batchUpdate({ img_paths: [...paths], action: 'remove', tag_id: tag.id }),
    onSuccess: (_answer, { paths, tag }) => {
      for (const path of paths) {
        queryClient.setQueryData<Tag[]>(tagsKey(path), (tags) => tags?.filter(({ id }) => id !== tag.id));
      }
    },
  }));
}
