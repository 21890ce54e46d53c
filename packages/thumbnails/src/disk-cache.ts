import { randomUUID } from 'node:crypto';
import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

import { listNamedFiles, removeFile, removeFolder } from './cache-folder.ts';

/** To note each use on the disk would cost more than the look-up; minutes order evictions well enough. */
export const useNotedEveryMs = 60_000;

/** A file of the cache. */
export interface CacheEntry {
  readonly path: string;
  readonly bytes: number;
}

/**
 * The folder of rendered files. The access time of a file says when it was used last. An entry, which is found by the path of
 * the file that it shows, has a second name by the content of that file.
 */
export class DiskCache {
  readonly entriesDir: string;
  readonly contentsDir: string;
  readonly hashesDir: string;
  readonly tempDir: string;

  constructor(dir: string) {
    this.entriesDir = join(dir, 'entries');
    this.contentsDir = join(dir, 'contents');
    this.hashesDir = join(dir, 'hashes');
    this.tempDir = join(dir, 'temp');
  }

  entryPath(key: string): string {
    return join(this.entriesDir, key.slice(0, 2), `${key}.webp`);
  }

  tempPath(): string {
    return join(this.tempDir, `${randomUUID()}.webp`);
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
    await removeFile(path);
  }

  async size(): Promise<{ entries: number; bytes: number }> {
    const files = await listNamedFiles([this.entriesDir, this.contentsDir]);
    return { entries: files.length, bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
  }

  async clear(): Promise<void> {
    for (const folder of [this.entriesDir, this.contentsDir, this.hashesDir]) await removeFolder(folder);
  }
}
