import { randomUUID } from 'node:crypto';
import { stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';

// Noting each use on the disk would cost more than the look-up; an hour orders evictions well enough.
const useNotedEveryMs = 3_600_000;

/** A file of the cache. */
export interface CacheEntry {
  readonly path: string;
  readonly bytes: number;
}

/** The folder of rendered files. The access time of a file says when it was used last. */
export class DiskCache {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  entryPath(key: string): string {
    return join(this.#dir, 'entries', key.slice(0, 2), `${key}.webp`);
  }

  tempPath(): string {
    return join(this.#dir, 'temp', `${randomUUID()}.webp`);
  }

  async lookUp(key: string): Promise<CacheEntry | undefined> {
    const path = this.entryPath(key);
    try {
      const { size, atimeMs, mtime } = await stat(path);
      // What a power cut leaves of a file that was written just before it.
      if (size === 0) return undefined;
      if (Date.now() - atimeMs > useNotedEveryMs) {
        await utimes(path, new Date(), mtime).catch(() => undefined);
      }
      return { path, bytes: size };
    } catch {
      return undefined;
    }
  }

  /** Removes what a render that was ended may have left. */
  async discardTemp(path: string): Promise<void> {
    await unlink(path).catch(() => undefined);
  }
}
