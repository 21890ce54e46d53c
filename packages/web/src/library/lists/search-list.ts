import type { Client } from '@iib-kit/client/browser';
import type { IndexedFileInfo } from '@iib-kit/contract';
import { useQuery } from '@tanstack/solid-query';
import { batch, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';

import { reconnects } from '../connection/connection.ts';
import { reportFailure } from '../connection/query-client.ts';
import { queryKeys } from '../connection/query-keys.ts';
import { signIns } from '../connection/session.ts';
import { trackArrivals, type Arrivals } from './arrivals.ts';
import { FirstPage } from './first-page.ts';
import type { ImageList, ListChange } from './image-list.ts';
import { IndexRanges } from './index-ranges.ts';
import { PageIndex, type KeyedPage } from './page-index.ts';
import { PageStore } from './page-store.ts';
import { bucketsToFetch, dateBuckets, remapIndices } from './remap-indices.ts';
import type { SearchParameters } from './search-parameters.ts';

const PAGE_SIZE = 200;

/** Largest day whose images are fetched in order to find the tracked ones among them again. */
const MAX_BUCKET_FETCH = 10_000;

/** How long an update of the list waits for those fetches, in milliseconds. */
const UPDATE_PATIENCE = 5000;

/** The images that match a query, as a list that follows the library; its owner disposes of it. */
export function createSearchList(client: Client, parameters: SearchParameters): ImageList {
  const { query, folderPaths, sort, shuffle } = parameters;
  const search = { query, folder_paths: [...folderPaths], sort };
  const key = JSON.stringify({ ...search, shuffle });
  const store = new PageStore(client, parameters, reportFailure);
  onCleanup(() => store.close());

  const buckets = useQuery(() => ({
    queryKey: [queryKeys.images, 'buckets', key],
    queryFn: ({ signal }) => client.search.layout({ ...search, block_size: PAGE_SIZE }, { signal }),
    // Short: lists of queries typed on the way to another one are not needed again.
    gcTime: 60_000,
    retry: false,
  }));
  const [index, setIndex] = createSignal<PageIndex>();
  const listeners = new Set<(change: ListChange) => void>();
  const trackers = new Set<() => IndexRanges>();
  // A random order differs with each request, and cached buckets come without delay.
  const isPrefetched = !buckets.isSuccess && sort !== 'random';
  const firstPage = new FirstPage(store, isPrefetched ? fetchFirstPage(client, search) : Promise.resolve([]));
  const arrivals = trackArrivals(store, () => firstPage.outdate());
  const fillOnArrival = async () => {
    await firstPage.arrival;
    const present = untrack(index);
    if (present !== undefined) firstPage.fillPages(present);
  };
  void fillOnArrival();

  const update = async (pages: readonly KeyedPage[], signal: AbortSignal) => {
    const before = index();
    const after = new PageIndex(pages);
    if (before === undefined) {
      firstPage.fillPages(after);
      setIndex(after);
      return;
    }
    const tracked = [...trackers].reduce((all, indices) => all.joined(indices()), IndexRanges.none);
    const change = await describeChange({ store, before, after, tracked, arrivals, signal });
    if (signal.aborted) return;
    arrivals.clear();
    batch(() => {
      for (const listener of listeners) listener(change);
      setIndex(after);
    });
  };
  let updating: AbortController | undefined;
  onCleanup(() => updating?.abort());
  createEffect(
    on(
      () => (buckets.isSuccess ? buckets.data : undefined),
      (next) => {
        if (next === undefined) return;
        updating?.abort();
        updating = new AbortController();
        void update(next.blocks, updating.signal);
      },
    ),
  );
  createEffect(on([reconnects, signIns], () => store.retry(), { defer: true }));

  return {
    key,
    pages: () => index()?.pages,
    count: () => index()?.count ?? 0,
    fileAt: (at) => index()?.fileAt(store, at),
    indexOf: (path) => index()?.indexOf(store, path),
    request: (start, end) => {
      const present = index();
      if (present !== undefined) store.request(present.pagesIn([start, end]));
    },
    filesAt: async ({ ranges }, signal) => (await index()?.read(store, ranges, signal)) ?? [],
    snapshot: () => {
      const present = index();
      return async ({ ranges }, signal) => (await present?.read(store, ranges, signal)) ?? [];
    },
    // Once loaded, the list stays visible even while it cannot be refreshed.
    error: () => (buckets.isLoadingError ? buckets.error : undefined),
    retry: () => {
      store.retry();
      void buckets.refetch();
    },
    isFetching: () => buckets.isFetching,
    unavailable: () => (buckets.isSuccess ? buckets.data.unavailable : []),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    trackIndices: (indices) => {
      trackers.add(indices);
      return () => trackers.delete(indices);
    },
  };
}

interface ChangeInput {
  readonly store: PageStore;
  readonly before: PageIndex;
  readonly after: PageIndex;
  readonly tracked: IndexRanges;
  readonly arrivals: Arrivals;
  readonly signal: AbortSignal;
}

/** Fetches what is needed to find the tracked images again, then maps old indices to new ones. */
async function describeChange({ store, before, after, tracked, arrivals, signal }: ChangeInput) {
  const buckets = { before: dateBuckets(before.pages), after: dateBuckets(after.pages) };
  const idsAfter = new Map<string | null, readonly number[]>();
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(UPDATE_PATIENCE)]);
  const fetched = bucketsToFetch(buckets.before, buckets.after, tracked).filter(
    ({ count }) => count <= MAX_BUCKET_FETCH,
  );
  await Promise.all(
    fetched.map(async ({ date, start, count }) => {
      try {
        const files = await after.read(store, [[start, start + count]], deadline);
        for (const file of files) arrivals.note(file);
        idsAfter.set(
          date,
          files.map(({ id }) => id),
        );
      } catch {
        // Images of this day are then not found again, and lose their selection.
      }
    }),
  );
  return remapIndices({
    ...buckets,
    idBefore: (index) => untrack(() => before.fileAt(store, index)?.id),
    idsAfter,
    isNew: arrivals.isNew,
  });
}

/** Empty when it fails: the request for the buckets then reports why. */
async function fetchFirstPage(
  client: Client,
  search: { query: string; folder_paths: string[]; sort: SearchParameters['sort'] },
): Promise<readonly IndexedFileInfo[]> {
  const ending = new AbortController();
  onCleanup(() => ending.abort());
  try {
    const page = await client.search.byQuery(
      { ...search, cursor: '', size: PAGE_SIZE, with_absent: true },
      { signal: ending.signal },
    );
    return page.files;
  } catch {
    return [];
  }
}
