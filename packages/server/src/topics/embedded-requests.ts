import type { Changes } from '@iib-kit/catalog';
import { LRUCache } from 'lru-cache';

/** Bounds how many fully embedded requests are remembered. */
const MAX_REQUESTS = 100;

/** Requests whose images all had their vectors, with no image changed since. */
export interface EmbeddedRequests {
  has(key: string): boolean;
  /** The number of image changes so far. */
  changes(): number;
  /** `changes` is the count from before the request was embedded. */
  add(key: string, changes: number): void;
}

export function createEmbeddedRequests(index: Pick<Changes, 'subscribe'>): EmbeddedRequests {
  const embedded = new LRUCache<string, number>({ max: MAX_REQUESTS });
  let changes = 0;
  index.subscribe(({ kind }) => {
    if (kind === 'images') changes += 1;
  });
  return {
    has: (key) => embedded.get(key) === changes,
    changes: () => changes,
    add: (key, before) => void embedded.set(key, before),
  };
}
