import type { IndexedFileInfo } from '@iib-kit/contract';

import { useLiveEvents } from '../connection/live-events.ts';
import type { PageStore } from './page-store.ts';

export interface Arrivals {
  /** Remembers the id of an image if its path was added. */
  readonly note: (file: IndexedFileInfo) => void;
  readonly isNew: (id: number) => boolean;
  readonly clear: () => void;
}

/**
 * Tracks which images were added since the list last changed, because a selection of a whole day must not include
 * them; and drops cached pages whose images changed.
 */
export function trackArrivals(store: PageStore, onArrival: () => void): Arrivals {
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
    note: ({ id, fullpath }) => void (paths.has(fullpath) && ids.add(id)),
    isNew: (id) => ids.has(id),
    clear: () => {
      paths.clear();
      ids.clear();
    },
  };
}
