import type { Changes } from '@iib-kit/catalog';
import { LRUCache } from 'lru-cache';

/** Requests that are remembered to have nothing left to embed. */
const MAX_REQUESTS = 100;

/** Which requests were seen to have all their vectors, and no image has changed since. */
export interface EmbeddedRequests {
  has(key: string): boolean;
  /** How many changes of images there were until now. */
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
