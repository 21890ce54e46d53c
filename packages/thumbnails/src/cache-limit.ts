import { listFiles, listNamedFiles, removeFile } from './cache-folder.ts';

// After an eviction there is room for a while, and between two counts other processes write too.
const keptShare = 0.9;
const countEveryShare = 0.05;
const abandonedMs = 3_600_000;

/** Where the cache keeps its files, and how many bytes of them. */
export interface CacheLimitOptions {
  readonly entriesDir: string;
  readonly contentsDir: string;
  readonly tempDir: string;
  readonly maxBytes: number;
}

/**
 * Keeps a cache folder below a size. The folder is counted from time to time and never tracked, as
 * other processes write into it too; each may exceed the limit by a twentieth before it counts again.
 */
export class CacheLimit {
  readonly #options: CacheLimitOptions;
  #bytesAtCount: number | undefined;
  #writtenSince = 0;
  #trimming: Promise<void> | undefined;

  constructor(options: CacheLimitOptions) {
    this.#options = options;
  }

  noteWritten(bytes: number): void {
    const { maxBytes } = this.#options;
    this.#writtenSince += bytes;
    const full = (this.#bytesAtCount ?? maxBytes) + this.#writtenSince > maxBytes;
    if (full || this.#writtenSince > maxBytes * countEveryShare) this.#trimSoon();
  }

  /** The bytes of the folder as last counted, and of what was written since; counts it where that never was done. */
  async bytes(): Promise<number> {
    if (this.#bytesAtCount === undefined) {
      this.#trimSoon();
      await this.#trimming;
    }
    return (this.#bytesAtCount ?? 0) + this.#writtenSince;
  }

  /** Counts the folder again when it is asked for next. */
  recount(): void {
    this.#bytesAtCount = undefined;
  }

  /** Waits for an eviction that is under way. */
  async settled(): Promise<void> {
    await this.#trimming;
  }

  #trimSoon(): void {
    this.#trimming ??= this.#trim().finally(() => {
      this.#trimming = undefined;
    });
  }

  async #trim(): Promise<void> {
    const { entriesDir, contentsDir, maxBytes } = this.#options;
    this.#writtenSince = 0;
    const firstTime = this.#bytesAtCount === undefined;
    const files = await listNamedFiles([entriesDir, contentsDir]);
    let total = files.reduce((sum, file) => sum + file.bytes, 0);
    if (total > maxBytes) {
      files.sort((a, b) => a.usedMs - b.usedMs);
      for (const file of files) {
        if (total <= maxBytes * keptShare) break;
        for (const path of file.paths) await removeFile(path);
        total -= file.bytes;
      }
    }
    this.#bytesAtCount = total;
    if (firstTime) await this.#removeAbandoned();
  }

  /** Removes what programs that were killed have left. */
  async #removeAbandoned(): Promise<void> {
    for (const file of await listFiles(this.#options.tempDir)) {
      if (Date.now() - file.usedMs > abandonedMs) await removeFile(file.path);
    }
  }
}
