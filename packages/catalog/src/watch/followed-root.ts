import { realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { AsyncSubscription } from '@parcel/watcher';
import type { Folders } from '../roles/folders.ts';
import { folderRange } from '../text/folder-range.ts';
import { systemPath } from '../text/system-path.ts';
import { changedFolder } from './changed-folders.ts';

export interface FollowOptions {
  readonly mountPoints: Folders['mountPoints'];
  readonly excludes: (path: string) => boolean;
  /** Gets each folder in which the system says that something changed. */
  readonly onFolder: (folder: string) => void;
  readonly onError: ((error: unknown) => void) | undefined;
}

/** Which drive and folder is at a path; `''` where there is none. */
async function identityAt(path: string): Promise<string> {
  try {
    const { dev, ino } = await stat(systemPath(path), { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return '';
  }
}

/** One folder whose events are followed. */
export class FollowedRoot {
  readonly root: string;
  readonly #options: FollowOptions;
  #subscription: AsyncSubscription | undefined;
  #drives = '';
  #restarting: Promise<boolean> | undefined;
  #isStopped = false;

  constructor(root: string, options: FollowOptions) {
    this.root = root;
    this.#options = options;
  }

  /** Rejects where the system cannot follow it. */
  async start(): Promise<void> {
    this.#drives = await this.#drivesNow();
    await this.#subscribe();
  }

  /** Begins again where another drive is at the root or below it than before; says whether to look into it. */
  restart(): Promise<boolean> {
    this.#restarting ??= this.#restart().finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#restarting;
    await this.#unsubscribe();
  }

  async #restart(): Promise<boolean> {
    // An index that is being closed, or whose thread has just ended, does not say where drives were: it is asked again.
    const now = await this.#drivesNow().catch(() => undefined);
    if (now === undefined) return false;
    const isOther = now !== this.#drives;
    if (this.#isStopped || (!isOther && this.#subscription !== undefined)) return false;
    this.#drives = now;
    await this.#unsubscribe();
    try {
      if ((await identityAt(this.root)) !== '') await this.#subscribe();
    } catch (error) {
      if (isOther) this.#options.onError?.(error);
    }
    // What cannot be followed is looked at instead.
    return isOther || this.#subscription === undefined;
  }

  async #drivesNow(): Promise<string> {
    const { from, to } = folderRange(this.root);
    const below = (await this.#options.mountPoints()).filter((path) => path >= from && path < to);
    const drives = await Promise.all(
      [this.root, ...below].map(async (path) => `${path}\0${await identityAt(path)}`),
    );
    return drives.join('\0\0');
  }

  async #subscribe(): Promise<void> {
    // Loaded here so that an index that is not watched needs no native watcher.
    const { default: watcher } = await import('@parcel/watcher');
    const realRoot = realpathSync(this.root);
    const { excludes, onFolder, onError } = this.#options;
    this.#subscription = await watcher.subscribe(realRoot, (error, events) => {
      if (error !== null) {
        onError?.(error);
        return;
      }
      for (const { path } of events) {
        const folder = changedFolder(path, { root: this.root, realRoot, excludes });
        if (folder !== undefined) onFolder(folder);
      }
    });
  }

  async #unsubscribe(): Promise<void> {
    const old = this.#subscription;
    this.#subscription = undefined;
    try {
      await old?.unsubscribe();
    } catch {
      // The system had ended it together with the drive.
    }
  }
}
