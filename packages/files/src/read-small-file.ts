import { close, closeSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';

import { FileAccessError } from './file-access-error.ts';
import type { FilePath } from './file-path.ts';
import { openRegularFile, openRegularFileSync, type OpenFileOptions } from './open-regular-file.ts';

const closeDescriptor = promisify(close);
const readDescriptor = promisify(read);

export interface ReadSmallFileOptions extends OpenFileOptions {
  /** The size above which a file is refused. */
  readonly maxBytes: number;
}

// Files of the kernel say that they are empty, and files grow while they are read: the end is where no bytes come.
const leastBuffer = 4096;

/**
 * The content of a file; opened as `openRegularFileSync` does.
 * @throws FileAccessError `too-large` too
 */
export function readSmallFileSync(path: FilePath, options: ReadSmallFileOptions): Buffer {
  const { descriptor, stats } = openRegularFileSync(path, options);
  try {
    const content = new GrowingBuffer(path, stats.size, options.maxBytes);
    while (content.add(readSync(descriptor, content.free())));
    return content.bytes();
  } finally {
    closeSync(descriptor);
  }
}

/** Like `readSmallFileSync`, without holding up the thread. */
export async function readSmallFile(path: FilePath, options: ReadSmallFileOptions): Promise<Buffer> {
  const { descriptor, stats } = await openRegularFile(path, options);
  try {
    const content = new GrowingBuffer(path, stats.size, options.maxBytes);
    while (content.add((await readDescriptor(descriptor, { buffer: content.free() })).bytesRead));
    return content.bytes();
  } finally {
    await closeDescriptor(descriptor);
  }
}

/** Room for what is read, one byte beyond the limit at most, which tells that there is more. */
class GrowingBuffer {
  readonly #path: FilePath;
  readonly #maxBytes: number;
  #buffer: Buffer;
  #length = 0;

  constructor(path: FilePath, expected: number, maxBytes: number) {
    if (expected > maxBytes) throw new FileAccessError('too-large', path);
    this.#path = path;
    this.#maxBytes = maxBytes;
    this.#buffer = Buffer.allocUnsafe(Math.min(Math.max(expected + 1, leastBuffer), maxBytes + 1));
  }

  free(): Buffer {
    if (this.#length === this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.min(this.#length * 2, this.#maxBytes + 1));
      this.#buffer.copy(larger, 0, 0, this.#length);
      this.#buffer = larger;
    }
    return this.#buffer.subarray(this.#length);
  }

  /** Whether there may be more. */
  add(count: number): boolean {
    this.#length += count;
    if (this.#length > this.#maxBytes) throw new FileAccessError('too-large', this.#path);
    return count > 0;
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }
}
