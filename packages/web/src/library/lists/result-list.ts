import type { Client } from '@iib-kit/client/browser';
import type { IndexedFileInfo } from '@iib-kit/contract';
import { useQuery } from '@tanstack/solid-query';

import { createFixedList, type ImageList } from './image-list.ts';
import { keys } from '../connection/query-keys.ts';

/** Most images that "more like this" and meaning search answer. */
const MOST_SIMILAR = 500;

/** Most images of a search for a text or expression: pages of it are asked for one after the other. */
const MOST_BY_TEXT = 10_000;

export type AnsweredSearch =
  | { readonly mode: 'text' | 'regexp' | 'meaning'; readonly query: string }
  /** By the path of an image. */
  | { readonly mode: 'similar' | 'duplicates'; readonly query: string };

/** The images that one request answers, as a list; made under an owner that ends it. */
export function createAnsweredList(client: Client, search: AnsweredSearch): ImageList {
  const key = JSON.stringify(search);
  const answer = useQuery(() => ({
    queryKey: [keys.images, 'answered', key],
    queryFn: ({ signal }) => askFor(client, search, signal),
    gcTime: 60_000,
    retry: false,
  }));
  const fixed = () => (answer.isSuccess ? createFixedList(key, answer.data) : undefined);
  return {
    key,
    blocks: () => fixed()?.blocks(),
    count: () => (answer.isSuccess ? answer.data.length : 0),
    fileAt: (index) => (answer.isSuccess ? answer.data[index] : undefined),
    indexOf: (path) => fixed()?.indexOf(path),
    need: () => {},
    filesAt: async (places) => (await fixed()?.filesAt(places)) ?? [],
    frozen: () => fixed()?.frozen() ?? (async () => []),
    error: () => (answer.isLoadingError ? answer.error : undefined),
    retry: () => void answer.refetch(),
    isFetching: () => answer.isFetching,
    unavailable: () => [],
    onChange: () => () => {},
    holdPlaces: () => () => {},
  };
}

async function askFor(
  client: Client,
  search: AnsweredSearch,
  signal: AbortSignal,
): Promise<readonly IndexedFileInfo[]> {
  const { mode, query } = search;
  if (query === '') return [];
  switch (mode) {
    case 'text':
    case 'regexp': {
      const needle = mode === 'text' ? { surstr: query } : { regexp: query };
      return (await client.search.bySubstring({ ...needle, size: MOST_BY_TEXT }, { signal })).files;
    }
    case 'duplicates':
      return client.search.nearDuplicates({ path: query }, { signal });
    case 'meaning':
    case 'similar': {
      const like = mode === 'meaning' ? { query } : { similar_to: query };
      const { results } = await client.ai.searchByPrompt({ ...like, top_k: MOST_SIMILAR }, { signal });
      const infos = await client.fileSystem.infos({ paths: results.map(({ path }) => path) }, { signal });
      return results.flatMap(({ id, path }) => {
        const info = infos[path];
        return info === undefined
          ? []
          : { ...info, type: 'file' as const, id, created_date: info.created_time };
      });
    }
    default:
      return mode satisfies never;
  }
}
