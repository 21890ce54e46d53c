import type { Folders } from '../roles/folders.ts';
import type { IndexWatch, Updates, WatchOptions } from '../roles/updates.ts';
import { isWithin } from '../text/nested-path.ts';
import { createEventBurst } from './event-burst.ts';
import { FollowedRoot, type FollowOptions } from './followed-root.ts';
import type { LinkedFolders } from './linked-folders.ts';
import { isOnNetwork } from './network-folder.ts';
import { createUpdateQueue, type UpdateQueue } from './update-queue.ts';

export interface WatchParts {
  readonly update: Updates['update'];
  /** Where drives were below the roots: the system's events end with a drive, and do not begin again with it. */
  readonly mountPoints: Folders['mountPoints'];
  readonly excludes: (path: string) => boolean;
  /** What the updates note; without, what links lead to is looked at with all the rest alone. */
  readonly linkedFolders?: LinkedFolders;
}

const lookMs = 1000;

// Each has its own subscription and is asked for its drive every second; more are looked at with all the rest alone.
const mostLinksFollowed = 100;

/** The folders of a watch: those with events, and those that are looked through again and again. */
class WatchedFolders {
  readonly polled: string[] = [];
  readonly #followed = new Map<string, FollowedRoot>();
  /** Links whose roots are polled for them. */
  readonly #polledFor = new Set<string>();
  readonly #roots: readonly string[];
  readonly #follow: FollowOptions;
  readonly #usePolling: boolean | undefined;
  #isClosed = false;

  constructor(roots: readonly string[], follow: FollowOptions, usePolling: boolean | undefined) {
    this.#roots = roots;
    this.#follow = follow;
    this.#usePolling = usePolling;
  }

  /** Follows a root, or a link in one. */
  async add(folder: string): Promise<void> {
    if (this.polled.includes(this.#rootOf(folder))) return;
    if (this.#usePolling ?? isOnNetwork(folder)) return this.#poll(folder);
    const following = new FollowedRoot(folder, this.#follow);
    try {
      this.#followed.set(folder, following);
      await following.start();
      if (this.#isClosed || this.#followed.get(folder) !== following) await following.stop();
    } catch (error) {
      // Too many folders for the system's limit, or a root that is not there yet.
      this.#followed.delete(folder);
      this.#follow.onError?.(error);
      this.#poll(folder);
    }
  }

  /** Follows these links and no others. */
  async followLinks(links: readonly string[]): Promise<void> {
    const wanted = new Set(links.slice(0, mostLinksFollowed));
    for (const [folder, following] of this.#followed) {
      if (wanted.has(folder) || this.#roots.includes(folder)) continue;
      this.#followed.delete(folder);
      await following.stop();
    }
    for (const link of this.#polledFor) if (!wanted.has(link)) this.#unpoll(link);
    for (const link of wanted) {
      if (this.#isClosed) return;
      if (!this.#followed.has(link) && !this.#polledFor.has(link)) await this.add(link);
    }
  }

  /** Roots in which another drive is than before. */
  async returned(): Promise<readonly string[]> {
    const restarted = await Promise.all(
      Array.from(this.#followed.values(), async (each) => (await each.restart()) && this.#rootOf(each.root)),
    );
    return [...new Set(restarted.filter((root) => root !== false))];
  }

  async stop(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(Array.from(this.#followed.values(), (each) => each.stop()));
  }

  #rootOf(folder: string): string {
    return this.#roots.find((root) => isWithin(folder, root)) ?? folder;
  }

  #poll(folder: string): void {
    const root = this.#rootOf(folder);
    if (folder !== root) this.#polledFor.add(folder);
    if (!this.polled.includes(root)) this.polled.push(root);
  }

  #unpoll(link: string): void {
    this.#polledFor.delete(link);
    const root = this.#rootOf(link);
    const isNeeded = !this.#followed.has(root) || [...this.#polledFor].some((other) => isWithin(other, root));
    if (!isNeeded) this.polled.splice(this.polled.indexOf(root), 1);
  }
}

/** Keeps the links followed as updates find others; says how to end it. */
function followLinksOf(
  roots: readonly string[],
  watched: WatchedFolders,
  linkedFolders: LinkedFolders | undefined,
): () => Promise<void> {
  let last = Promise.resolve();
  const follow = (): void => {
    last = last.then(() => watched.followLinks(linkedFolders?.below(roots) ?? []));
  };
  follow();
  const leave = linkedFolders?.onChange(follow);
  return () => {
    leave?.();
    return last;
  };
}

/** Looks where no events come from, and at all now and then; says how to end it. */
function lookRepeatedly(
  roots: readonly string[],
  watched: WatchedFolders,
  updates: UpdateQueue,
  { reconcileMs = 600_000, pollMs = 5000 }: WatchOptions,
): () => void {
  const timers = [
    setInterval(() => updates.add([...watched.polled]), pollMs),
    // A drive that is back before anybody looked is the same one, and events of it no longer come.
    setInterval(
      () => void watched.returned().then((folders) => updates.add(folders)),
      Math.min(lookMs, pollMs),
    ),
    setInterval(() => updates.add(roots), reconcileMs),
  ];
  return () => timers.forEach(clearInterval);
}

/** Follows folders through the system's events, or by looking again and again where there are none. */
export async function watchFolders(
  roots: readonly string[],
  { update, mountPoints, excludes, linkedFolders }: WatchParts,
  options: WatchOptions = {},
): Promise<IndexWatch> {
  const updates = createUpdateQueue(update, options, roots);
  const burst = createEventBurst((folders) => updates.add(roots, folders));
  const watched = new WatchedFolders(
    roots,
    { mountPoints, excludes, onFolder: (folder) => burst.add(folder), onError: options.onError },
    options.usePolling,
  );
  for (const root of roots) await watched.add(root);
  const endLinks = followLinksOf(roots, watched, linkedFolders);
  const endLooks = lookRepeatedly(roots, watched, updates, options);
  return {
    polled: watched.polled,
    async close() {
      const idle = updates.close();
      burst.close();
      endLooks();
      await watched.stop();
      await endLinks();
      await idle;
    },
  };
}
