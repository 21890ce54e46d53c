import { listFiles, removeFile } from './cache-folder.ts';

// After an eviction there is room for a while, and between two counts other processes write too.
const keptShare = 0.9;
const countEveryShare = 0.05;
const abandonedMs = 3_600_000;

/** Where the cache keeps its files, and how many bytes of them. */
export interface CacheLimitOptions {
  readonly entriesDir: string;
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
    const { entriesDir, maxBytes } = this.#options;
    this.#writtenSince = 0;
    const firstTime = this.#bytesAtCount === undefined;
    const files = await listFiles(entriesDir);
    let total = files.reduce((sum, file) => sum + file.bytes, 0);
    if (total > maxBytes) {
      files.sort((a, b) => a.usedMs - b.usedMs);
      for (const file of files) {
        if (total <= maxBytes * keptShare) break;
        await removeFile(file.path);
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
