import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

import { LRUCache } from 'lru-cache';

const keyBytes = 16;
const recordBytes = keyBytes + 8;
/** 256 files of this size hold 2.8 million hashes in 64 MiB. */
const maxFileBytes = Math.floor(2 ** 18 / recordBytes) * recordBytes;
const maxMemoryBytes = 8 * 2 ** 20;
/** Other processes add to the files. */
const readAgainMs = 60_000;

/**
 * Keeps perceptual hashes in place of the pictures that they are taken from: 24 bytes each, in files by the first byte of
 * their key. A file that is full is begun again, since what it holds can be computed.
 */
export class HashStore {
  readonly #dir: string;
  readonly #latest = new LRUCache<string, string>({ max: 50_000 });
  readonly #files = new LRUCache<string, Buffer>({
    maxSize: maxMemoryBytes,
    sizeCalculation: (bytes) => bytes.length + 1,
    ttl: readAgainMs,
  });

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** @param key names the content and what is drawn of it */
  async get(key: string): Promise<string | undefined> {
    const latest = this.#latest.get(key);
    if (latest !== undefined) return latest;
    const digest = digestOf(key);
    const bytes = await this.#read(this.#pathOf(digest));
    for (let at = bytes.indexOf(digest); at !== -1; at = bytes.indexOf(digest, at + 1)) {
      if (at % recordBytes === 0 && at + recordBytes <= bytes.length)
        return bytes.toString('hex', at + keyBytes, at + recordBytes);
    }
    return undefined;
  }

  /** A hash that cannot be written is computed again by another process. */
  async put(key: string, hash: string): Promise<void> {
    this.#latest.set(key, hash);
    const digest = digestOf(key);
    const path = this.#pathOf(digest);
    try {
      const { length } = await this.#read(path);
      // A part of a record, which a full disk leaves, would put all that follow out of their places.
      if (length >= maxFileBytes || length % recordBytes !== 0) {
        this.#files.delete(path);
        await unlink(path);
      }
      await mkdir(this.#dir, { recursive: true });
      await appendFile(path, Buffer.concat([digest, Buffer.from(hash, 'hex')]));
    } catch {
      // The cache limit or the next start finds the folder as it is.
    }
  }

  async #read(path: string): Promise<Buffer> {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    this.#files.set(path, bytes);
    return bytes;
  }

  forget(): void {
    this.#latest.clear();
    this.#files.clear();
  }

  #pathOf(digest: Buffer): string {
    return join(this.#dir, digest.toString('hex', 0, 1));
  }
}

const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest().subarray(0, keyBytes);
