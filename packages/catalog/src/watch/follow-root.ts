import { realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Folders } from '../roles/folders.ts';
import { folderRange } from '../text/folder-range.ts';
import { systemPath } from '../text/system-path.ts';
import { changedFolder } from './changed-folders.ts';

/** One folder whose events are followed. */
export interface FollowedRoot {
  readonly root: string;
  /** Rejects where the system cannot follow it. */
  start(): Promise<void>;
  /** Begins again where another drive is at the root or below it than before; says whether to look into it. */
  restart(): Promise<boolean>;
  stop(): Promise<void>;
}

export interface FollowOptions {
  readonly mountPoints: Folders['mountPoints'];
  readonly excludes: (path: string) => boolean;
  /** Gets each folder in which the system says that something changed. */
  readonly onFolder: (folder: string) => void;
  readonly onError: ((error: unknown) => void) | undefined;
}

/** Which drive and folder is at a path; `''` where there is none. */
async function placeAt(path: string): Promise<string> {
  try {
    const { dev, ino } = await stat(systemPath(path), { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return '';
  }
}

export function followRoot(
  root: string,
  { mountPoints, excludes, onFolder, onError }: FollowOptions,
): FollowedRoot {
  let subscription: { unsubscribe(): Promise<void> } | undefined;
  let drives = '';
  let restarting: Promise<boolean> | undefined;
  let isStopped = false;

  async function drivesNow(): Promise<string> {
    const { from, to } = folderRange(root);
    const below = (await mountPoints()).filter((path) => path >= from && path < to);
    return (await Promise.all([root, ...below].map(async (path) => `${path}\0${await placeAt(path)}`))).join(
      '\0\0',
    );
  }

  async function subscribe(): Promise<void> {
    // Loaded here so that an index that is not watched needs no native watcher.
    const { default: watcher } = await import('@parcel/watcher');
    const realRoot = realpathSync(root);
    subscription = await watcher.subscribe(realRoot, (error, events) => {
      if (error !== null) {
        onError?.(error);
        return;
      }
      for (const { path } of events) {
        const folder = changedFolder(path, { root, realRoot, excludes });
        if (folder !== undefined) onFolder(folder);
      }
    });
  }

  async function unsubscribe(): Promise<void> {
    const old = subscription;
    subscription = undefined;
    try {
      await old?.unsubscribe();
    } catch {
      // The system had ended it together with the drive.
    }
  }

  async function restart(): Promise<boolean> {
    const now = await drivesNow();
    if (isStopped || (now === drives && subscription !== undefined)) return false;
    const isOther = now !== drives;
    drives = now;
    await unsubscribe();
    try {
      if ((await placeAt(root)) !== '') await subscribe();
    } catch (error) {
      if (isOther) onError?.(error);
    }
    // What cannot be followed is looked at instead.
    return isOther || subscription === undefined;
  }

  return {
    root,
    async start() {
      drives = await drivesNow();
      await subscribe();
    },
    restart() {
      restarting ??= restart().finally(() => {
        restarting = undefined;
      });
      return restarting;
    },
    async stop() {
      isStopped = true;
      await restarting;
      await unsubscribe();
    },
  };
}
