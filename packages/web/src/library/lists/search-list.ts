import type { Client } from '@iib-kit/client/browser';
import type { IndexedFileInfo } from '@iib-kit/contract';
import { useQuery } from '@tanstack/solid-query';
import { batch, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';

import { signIns } from '../connection/session.ts';
import { PageStore, type PageKey, type SearchParameters } from './page-store.ts';
import { reconnects } from '../connection/connection.ts';
import type { ImageList, ListChange } from './image-list.ts';
import { IndexRanges, type IndexRange } from './index-ranges.ts';
import { queryKeys } from '../connection/query-keys.ts';
import { useLiveEvents } from '../connection/live-events.ts';
import { reportFailure } from '../connection/query-client.ts';
import { dateBuckets, bucketsToFetch, remapIndices } from './remap-indices.ts';

const BLOCK_SIZE = 200;

/** Most images of one day that are fetched to find again what is held in it. */
const MAX_DAY_TO_KNOW = 10_000;

/** How long a change of the list waits for what it must know, in milliseconds. */
const CHANGE_PATIENCE = 5000;

type Layout = Awaited<ReturnType<Client['search']['layout']>>;
type Block = Layout['blocks'][number];

/** The blocks of one state of the list, with the place of the first image of each. */
interface Blocks {
  readonly blocks: readonly Block[];
  readonly starts: readonly number[];
  readonly count: number;
}

/** The images that fit a query, as a list that follows the library; made under an owner that ends it. */
export function createSearchList(client: Client, parameters: SearchParameters): ImageList {
  const { query, folderPaths, sort, shuffle } = parameters;
  const search = { query, folder_paths: [...folderPaths], sort };
  const key = JSON.stringify({ ...search, shuffle });
  const store = new PageStore(client, parameters, reportFailure);
  onCleanup(() => store.close());

  const layout = useQuery(() => ({
    queryKey: [queryKeys.images, 'layout', key],
    queryFn: ({ signal }) => client.search.layout({ ...search, block_size: BLOCK_SIZE }, { signal }),
    // Lists of searches that were typed on the way to another one need not stay.
    gcTime: 60_000,
    retry: false,
  }));
  const [shown, setShown] = createSignal<Blocks>();
  const listeners = new Set<(change: ListChange) => void>();
  const holders = new Set<() => IndexRanges>();
  const begin = listBegin(store, fetchBegin(client, search, layout.isSuccess));
  const arrivals = followArrivals(store, begin.outdate);
  const seed = async () => {
    await begin.arrival;
    const list = untrack(shown);
    if (list !== undefined) begin.put(list);
  };
  void seed();

  let changing: AbortController | undefined;
  onCleanup(() => changing?.abort());
  createEffect(
    on(
      () => (layout.isSuccess ? layout.data : undefined),
      (next) => {
        if (next === undefined) return;
        changing?.abort();
        changing = new AbortController();
        void change(next, changing.signal);
      },
    ),
  );

  const change = async (next: Layout, signal: AbortSignal) => {
    const before = shown();
    const after = blocksOf(next);
    if (before === undefined) {
      begin.put(after);
      setShown(after);
      return;
    }
    const sections = { before: dateBuckets(before.blocks), after: dateBuckets(after.blocks) };
    const held = [...holders].reduce((all, places) => all.joined(places()), IndexRanges.none);
    const days = bucketsToFetch(sections.before, sections.after, held);
    const idsAfter = new Map<string | null, (number | undefined)[]>();
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(CHANGE_PATIENCE)]);
    await Promise.all(
      days
        .filter(({ count }) => count <= MAX_DAY_TO_KNOW)
        .map(async ({ date, start, count }) => {
          const files = await readPlaces(store, after, [[start, start + count]], deadline).catch(
            () => undefined,
          );
          if (files !== undefined)
            idsAfter.set(
              date,
              files.map((file) => file.id),
            );
          for (const file of files ?? []) arrivals.note(file);
        }),
    );
    if (signal.aborted) return;
    const told = remapIndices({
      ...sections,
      idBefore: (index) => untrack(() => fileAt(store, before, index)?.id),
      idsAfter,
      isNew: arrivals.isNew,
    });
    arrivals.clear();
    batch(() => {
      for (const listener of listeners) listener(told);
      setShown(after);
    });
  };

  createEffect(on([reconnects, signIns], () => store.retry(), { defer: true }));

  return {
    key,
    blocks: () => shown()?.blocks,
    count: () => shown()?.count ?? 0,
    fileAt: (index) => {
      const blocks = shown();
      return blocks === undefined ? undefined : fileAt(store, blocks, index);
    },
    indexOf: (path) => {
      const blocks = shown();
      if (blocks === undefined) return undefined;
      for (const [place, block] of blocks.blocks.entries()) {
        const at = store.peek(block)?.findIndex(({ fullpath }) => fullpath === path) ?? -1;
        if (at !== -1) return (blocks.starts[place] ?? 0) + at;
      }
      return undefined;
    },
    need: (start, end) => {
      const blocks = shown();
      if (blocks !== undefined) store.want(placesOf(blocks, [start, end]));
    },
    filesAt: async (places, signal) => {
      const blocks = shown();
      return blocks === undefined ? [] : readPlaces(store, blocks, places.ranges, signal);
    },
    frozen: () => {
      const blocks = shown();
      return async (places, signal) =>
        blocks === undefined ? [] : readPlaces(store, blocks, places.ranges, signal);
    },
    // One that is known is shown, also while it cannot be read again.
    error: () => (layout.isLoadingError ? layout.error : undefined),
    retry: () => {
      store.retry();
      void layout.refetch();
    },
    isFetching: () => layout.isFetching,
    unavailable: () => (layout.isSuccess ? layout.data.unavailable : []),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    trackIndices: (places) => {
      holders.add(places);
      return () => holders.delete(places);
    },
  };
}

/**
 * The first images are asked for together with the layout, so that they need not wait for it. Empty where they are
 * not needed, or when it failed: then the layout tells what is wrong.
 */
async function fetchBegin(
  client: Client,
  search: { query: string; folder_paths: string[]; sort: SearchParameters['sort'] },
  isLayoutKnown: boolean,
): Promise<readonly IndexedFileInfo[]> {
  // A random order is another one each time.
  if (isLayoutKnown || search.sort === 'random') return [];
  const ending = new AbortController();
  onCleanup(() => ending.abort());
  try {
    const page = await client.search.byQuery(
      { ...search, cursor: '', size: BLOCK_SIZE },
      { signal: ending.signal },
    );
    return page.files;
  } catch {
    return [];
  }
}

/**
 * Puts the first images where the layout has them. Both were read at once, and images may have come in between: then
 * what was put is fetched again by its place.
 */
function listBegin(store: PageStore, files: Promise<readonly IndexedFileInfo[]>) {
  let known: readonly IndexedFileInfo[] = [];
  let places: readonly PageKey[] = [];
  let isOutdated = false;
  const read = async () => {
    known = await files;
  };
  return {
    arrival: read(),
    put: ({ blocks, starts }: Blocks) => {
      if (isOutdated || places.length > 0) return;
      places = blocks.filter((block, place) => (starts[place] ?? 0) + block.count <= known.length);
      for (const [place, block] of places.entries()) {
        const start = starts[place] ?? 0;
        store.put(block, known.slice(start, start + block.count));
      }
    },
    /** Images came to the list. */
    outdate: () => {
      if (isOutdated) return;
      isOutdated = true;
      store.renew(places);
    },
  };
}

/** Which images came while the list was shown: they are not what was held before. */
function followArrivals(store: PageStore, onArrival: () => void) {
  const paths = new Set<string>();
  const ids = new Set<number>();
  useLiveEvents((event) => {
    if (event.type === 'reset') store.forgetAll();
    if (event.type !== 'images') return;
    for (const path of event.added) paths.add(path);
    for (const { to } of event.moved) paths.add(to);
    if (event.added.length + event.moved.length > 0) onArrival();
    const stale = new Set([...event.changed, ...event.removed, ...event.moved.map(({ from }) => from)]);
    if (stale.size > 0) store.forget((file) => stale.has(file.fullpath));
  });
  return {
    note: ({ id, fullpath }: IndexedFileInfo) => void (paths.has(fullpath) && ids.add(id)),
    isNew: (id: number) => ids.has(id),
    clear: () => {
      paths.clear();
      ids.clear();
    },
  };
}

function blocksOf({ blocks }: Layout): Blocks {
  const starts: number[] = [];
  let count = 0;
  for (const block of blocks) {
    starts.push(count);
    count += block.count;
  }
  return { blocks, starts, count };
}

function fileAt(
  store: PageStore,
  { blocks, starts, count }: Blocks,
  index: number,
): IndexedFileInfo | undefined {
  if (index < 0 || index >= count) return undefined;
  const place = lastAtMost(starts, index);
  const block = blocks[place];
  return block === undefined ? undefined : store.files(block)?.[index - (starts[place] ?? 0)];
}

function placesOf({ blocks, starts }: Blocks, [start, end]: IndexRange): PageKey[] {
  if (end <= start) return [];
  return blocks.slice(lastAtMost(starts, start), lastAtMost(starts, end - 1) + 1);
}

async function readPlaces(
  store: PageStore,
  list: Blocks,
  ranges: readonly IndexRange[],
  signal?: AbortSignal,
): Promise<IndexedFileInfo[]> {
  const found: IndexedFileInfo[] = [];
  for (const [start, end] of ranges) {
    const first = lastAtMost(list.starts, start);
    const parts = await Promise.all(placesOf(list, [start, end]).map((block) => store.read(block, signal)));
    let at = list.starts[first] ?? 0;
    for (const [number, files] of parts.entries()) {
      found.push(...files.slice(Math.max(0, start - at), Math.max(0, end - at)));
      at += list.blocks[first + number]?.count ?? 0;
    }
  }
  return found;
}

/** Place of the last number that is at most this one. */
function lastAtMost(numbers: readonly number[], most: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((numbers[middle] ?? 0) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}
