import type { Folders } from '../roles/folders.ts';
import type { IndexWatch, Updates, WatchOptions } from '../roles/updates.ts';
import { createEventBurst } from './event-burst.ts';
import { FollowedRoot } from './followed-root.ts';
import { isOnNetwork } from './network-folder.ts';
import { createUpdateQueue } from './update-queue.ts';

export interface WatchParts {
  readonly update: Updates['update'];
  /** Where drives were below the roots: the system's events end with a drive, and do not begin again with it. */
  readonly mountPoints: Folders['mountPoints'];
  readonly excludes: (path: string) => boolean;
}

const lookMs = 1000;

/** Follows folders through the system's events, or by looking again and again where there are none. */
export async function watchFolders(
  roots: readonly string[],
  { update, mountPoints, excludes }: WatchParts,
  options: WatchOptions = {},
): Promise<IndexWatch> {
  const { reconcileMs = 600_000, pollMs = 5000, usePolling, onError } = options;
  const updates = createUpdateQueue(update, options);
  const burst = createEventBurst((folders) => updates.add(roots, folders));
  const polled: string[] = [];
  const followed: FollowedRoot[] = [];

  for (const root of roots) {
    if (usePolling ?? isOnNetwork(root)) {
      polled.push(root);
      continue;
    }
    const following = new FollowedRoot(root, {
      mountPoints,
      excludes,
      onFolder: (folder) => burst.add(folder),
      onError,
    });
    try {
      await following.start();
      followed.push(following);
    } catch (error) {
      // Too many folders for the system's limit, or a root that is not there yet.
      onError?.(error);
      polled.push(root);
    }
  }

  async function followDrives(): Promise<void> {
    const returned = await Promise.all(followed.map(async (each) => (await each.restart()) && each.root));
    updates.add(returned.filter((root) => root !== false));
  }
  const poll = polled.length === 0 ? undefined : setInterval(() => updates.add(polled), pollMs);
  // A drive that is back before anybody looked is the same one, and events of it no longer come.
  const drives = setInterval(() => void followDrives(), Math.min(lookMs, pollMs));
  const reconcile = setInterval(() => updates.add(roots), reconcileMs);

  return {
    polled,
    async close() {
      const idle = updates.close();
      burst.close();
      clearInterval(poll);
      clearInterval(drives);
      clearInterval(reconcile);
      await Promise.all(followed.map((each) => each.stop()));
      await idle;
    },
  };
}
