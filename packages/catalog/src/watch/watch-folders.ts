import { realpathSync } from 'node:fs';
import type { IndexWatch, Updates, WatchOptions } from '../roles/updates.ts';
import { changedFolder } from './changed-folders.ts';
import { createEventBurst } from './event-burst.ts';
import { isOnNetwork } from './network-folder.ts';
import { createUpdateQueue } from './update-queue.ts';

export interface WatchParts {
  readonly update: Updates['update'];
  readonly excludes: (path: string) => boolean;
}

type Unsubscribe = () => Promise<void>;

/** Calls `onFolder` for each folder in which the system says that something changed. */
async function followEvents(
  root: string,
  excludes: WatchParts['excludes'],
  onFolder: (folder: string) => void,
  onError: WatchOptions['onError'],
): Promise<Unsubscribe> {
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
      if (folder !== undefined) onFolder(folder);
    }
  });
  return () => subscription.unsubscribe();
}

/** Follows folders through the system's events, or by looking again and again where there are none. */
export async function watchFolders(
  roots: readonly string[],
  { update, excludes }: WatchParts,
  options: WatchOptions = {},
): Promise<IndexWatch> {
  const { reconcileMs = 600_000, pollMs = 5000, usePolling, onError } = options;
  const updates = createUpdateQueue(update, options);
  const burst = createEventBurst((folders) => updates.add(roots, folders));
  const polled: string[] = [];
  const unsubscribes: Unsubscribe[] = [];

  for (const root of roots) {
    if (usePolling ?? isOnNetwork(root)) polled.push(root);
    else {
      try {
        unsubscribes.push(await followEvents(root, excludes, (folder) => burst.add(folder), onError));
      } catch (error) {
        // Too many folders for the system's limit, or a root that is not there yet.
        onError?.(error);
        polled.push(root);
      }
    }
  }
  const poll = polled.length === 0 ? undefined : setInterval(() => updates.add(polled), pollMs);
  const reconcile = setInterval(() => updates.add(roots), reconcileMs);

  return {
    polled,
    async close() {
      const idle = updates.close();
      burst.close();
      clearInterval(poll);
      clearInterval(reconcile);
      await Promise.all(unsubscribes.map((unsubscribe) => unsubscribe()));
      await idle;
    },
  };
}
