import { closeSync, openSync, readSync } from 'node:fs';

import { ThumbnailError } from '../thumbnail-error.ts';

/**
 * Reads a file to its end. Decoders take a drive that fails for a file that is cut off, and what they draw of that would stay
 * in the cache as the picture.
 * @throws ThumbnailError unreadable, where a read fails
 */
export function checkReadable(path: string): void {
  try {
    const file = openSync(path, 'r');
    try {
      const chunk = Buffer.allocUnsafe(2 ** 18);
      for (let position = 0; ;) {
        const count = readSync(file, chunk, 0, chunk.length, position);
        if (count === 0) return;
        position += count;
      }
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ThumbnailError('unreadable', `${path} cannot be read: ${reason}`, { path, cause });
  }
}
