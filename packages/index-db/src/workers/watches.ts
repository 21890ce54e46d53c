import type { IndexWatch, WatchOptions } from '@iib-kit/catalog';
import { watchFolders, type WatchParts } from '@iib-kit/catalog/watch';

/** The watches of one index, which end with it. */
export interface Watches {
  start(roots: readonly string[], options?: WatchOptions): Promise<IndexWatch>;
  close(): Promise<void>;
}

export function createWatches(parts: WatchParts): Watches {
  const open = new Set<IndexWatch>();
  return {
    async start(roots, options) {
      const started = await watchFolders(roots, parts, options);
      const watch: IndexWatch = {
        polled: started.polled,
        async close() {
          open.delete(watch);
          await started.close();
        },
      };
      open.add(watch);
      return watch;
    },
    async close() {
      await Promise.all([...open].map((watch) => watch.close()));
    },
  };
}
