import { realpathSync } from 'node:fs';
import type { IndexSummary, IndexWatch, UpdateOptions, WatchOptions } from '../roles/updates.ts';
import { changedFolder } from './changed-folders.ts';
import { isOnNetwork } from './network-folder.ts';

export interface WatchParts {
  readonly update: (roots: readonly string[], options?: UpdateOptions) => Promise<IndexSummary>;
  readonly excludes: (path: string) => boolean;
}

// A burst is over when nothing came for this long, or is cut after the second time.
const settleMs = 300;
const longestBurstMs = 1200;

/** Follows folders through the system's events, or by looking again and again where there are none. */
export async function watchFolders(
  roots: readonly string[],
  { update, excludes }: WatchParts,
  options: WatchOptions = {},
): Promise<IndexWatch> {
  const { reconcileMs = 600_000, pollMs = 5000, usePolling, onUpdate, onError } = options;
  const changed = new Set<string>();
  const polled: string[] = [];
  const stops: (() => Promise<void>)[] = [];
  const closing = new AbortController();
  let burstStart = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function run(looked: readonly string[], only?: readonly string[]): Promise<void> {
    if (closing.signal.aborted || looked.length === 0) return;
    try {
      // Not within the call below, which would leave the update out where nobody asks for its summary.
      const summary = await update(looked, { signal: closing.signal, ...(only && { only }) });
      onUpdate?.(summary);
    } catch (error) {
      if (!closing.signal.aborted) onError?.(error);
    }
  }
  const enqueue = (looked: readonly string[], only?: readonly string[]): Promise<void> =>
    (running = running.then(() => run(looked, only)));

  function flush(): void {
    timer = undefined;
    const folders = [...changed];
    changed.clear();
    void enqueue(roots, folders);
  }

  function notice(folder: string): void {
    const now = performance.now();
    if (changed.size === 0) burstStart = now;
    changed.add(folder);
    clearTimeout(timer);
    timer = setTimeout(flush, Math.max(0, Math.min(settleMs, burstStart + longestBurstMs - now)));
  }

  async function follow(root: string): Promise<void> {
    // Loaded here so that an index that is not watched needs no native watcher.
    const { default: watcher } = await import('@parcel/watcher');
    const realRoot = realpathSync(root);
    const subscription = await watcher.subscribe(realRoot, (error, events) => {
      if (error !== null) {
        onError?.(error);
        return;
      }
      for (const { path } of events) {
        const folder = changedFolder(path, { root, realRoot, excludes });
        if (folder !== undefined) notice(folder);
      }
    });
    stops.push(() => subscription.unsubscribe());
  }

  for (const root of roots) {
    if (usePolling ?? isOnNetwork(root)) polled.push(root);
    else {
      try {
        await follow(root);
      } catch (error) {
        // Too many folders for the system's limit, or a root that is not there yet.
        onError?.(error);
        polled.push(root);
      }
    }
  }
  const poll = polled.length === 0 ? undefined : setInterval(() => void enqueue(polled), pollMs);
  const reconcile = setInterval(() => void enqueue(roots), reconcileMs);

  return {
    polled,
    async close() {
      closing.abort();
      clearTimeout(timer);
      clearInterval(poll);
      clearInterval(reconcile);
      await Promise.all(stops.map((stop) => stop()));
      await running;
    },
  };
}
