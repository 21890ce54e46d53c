import type { LiveEvent } from '@iib-kit/contract';
import { useQueryClient } from '@tanstack/solid-query';
import { createEffect, on, onCleanup } from 'solid-js';

import { signIns } from './session.ts';
import { reconnects } from './connection.ts';
import { queryKeys } from './query-keys.ts';
import { useLiveEvents } from './live-events.ts';
import { queryRefresher } from './query-refresher.ts';

/** Queries are refetched at most this often, in milliseconds. */
const INTERVAL = 1000;

/** Refetches queries when a live event concerns them, after a reconnect, and after a sign-in. */
export function useInvalidateOnEvents(): void {
  const queryClient = useQueryClient();
  const readAgain = queryRefresher(queryClient);
  const stale = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const flush = () => {
    timer = undefined;
    last = performance.now();
    for (const key of stale) readAgain(key);
    stale.clear();
  };
  useLiveEvents((event) => {
    for (const key of staleQueries(event)) stale.add(key);
    if (stale.size > 0) timer ??= setTimeout(flush, Math.max(0, last + INTERVAL - performance.now()));
  });
  onCleanup(() => clearTimeout(timer));
  createEffect(on([signIns, reconnects], () => void queryClient.invalidateQueries(), { defer: true }));
}

/** First elements of the keys of queries that an event makes stale. */
export function staleQueries(event: LiveEvent): readonly string[] {
  switch (event.type) {
    case 'ready':
      return [];
    case 'reset':
      return Object.values(queryKeys);
    case 'images':
      return [
        queryKeys.images,
        queryKeys.nearDuplicates,
        queryKeys.info,
        queryKeys.folders,
        queryKeys.statistics,
        queryKeys.trash,
      ];
    case 'tags':
      return [queryKeys.tags, queryKeys.info, queryKeys.images];
    case 'marks':
      return [queryKeys.annotations, queryKeys.images];
    case 'folders':
      return [queryKeys.images, queryKeys.info, queryKeys.folders, queryKeys.statistics];
    case 'job':
      return event.job.kind === 'hash' ? [queryKeys.jobs, queryKeys.nearDuplicates] : [queryKeys.jobs];
    default:
      return event satisfies never;
  }
}
