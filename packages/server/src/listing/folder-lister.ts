import { spellPath, systemPath } from '@iib-kit/catalog';
import { createWorkerPool, startThread, streamProgress } from '@iib-kit/threads';

import type { FolderPart, ReadPart } from './folder-part.ts';
import type { ListingMethods } from './listing-methods.ts';

/** Threads at most: a drive that does not answer holds one of them up, not the other listings. */
const MAX_THREADS = 4;

/** A thread that had nothing to do for so long ends. */
const IDLE_MS = 30_000;

/** Reads folders on threads of their own. */
export interface FolderLister {
  /** The entries in the order of the system, a part at a time. Throws as `readdir` does. */
  list(folder: string): AsyncIterable<FolderPart>;
  close(): Promise<void>;
}

export function createFolderLister(): FolderLister {
  const pool = createWorkerPool<ListingMethods>({
    start: () => startThread(new URL('./listing-worker.js', import.meta.url)),
    size: MAX_THREADS,
    idleMs: IDLE_MS,
  });
  return {
    async *list(folder) {
      const parts = streamProgress<ReadPart>((options) => pool.call('list', systemPath(folder), options));
      for await (const part of parts) yield { ...part, names: part.names.map(spelled) };
    },
    close: () => pool.close(new Error('The folder lister is closed')),
  };
}

function spelled(name: string | Uint8Array): string {
  return typeof name === 'string' ? name : spellPath(Buffer.from(name));
}
