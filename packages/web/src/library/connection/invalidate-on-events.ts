import type { LiveEvent } from '@iib-kit/contract';
import { useQueryClient } from '@tanstack/solid-query';
import { createEffect, on, onCleanup } from 'solid-js';

import { signIns } from './session.ts';
import { returns } from './connection.ts';
import { keys } from './query-keys.ts';
import { useLiveEvents } from './live-events.ts';
import { queryRefresher } from './query-refresher.ts';

/** Queries are read again at most this often, in milliseconds, while much happens. */
const INTERVAL = 1000;

/** Reads again what is shown when the server tells that it changed, came back, or accepted a key. */
export function useInvalidationByEvents(): void {
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
    for (const key of staleAfter(event)) stale.add(key);
    if (stale.size > 0) timer ??= setTimeout(flush, Math.max(0, last + INTERVAL - performance.now()));
  });
  onCleanup(() => clearTimeout(timer));
  createEffect(on([signIns, returns], () => void queryClient.invalidateQueries(), { defer: true }));
}

/** Which queries show what an event changed. */
export function staleAfter(event: LiveEvent): readonly string[] {
  switch (event.type) {
    case 'ready':
      return [];
    case 'reset':
      return Object.values(keys);
    case 'images':
      return [keys.images, keys.looks, keys.facts, keys.folders, keys.statistics, keys.trash];
    case 'tags':
      return [keys.tags, keys.facts, keys.images];
    case 'marks':
      return [keys.marks, keys.images];
    case 'folders':
      return [keys.images, keys.facts, keys.folders, keys.statistics];
    case 'job':
      return event.job.kind === 'hash' ? [keys.jobs, keys.looks] : [keys.jobs];
    default:
      return event satisfies never;
  }
}
