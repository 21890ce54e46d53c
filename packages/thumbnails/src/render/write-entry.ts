import { mkdir, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { ThumbnailError } from '../thumbnail-error.ts';

/**
 * Puts `bytes` at `target` at once or not at all, by way of `temp`.
 * The folders are made when they are missing, for somebody may have deleted the cache.
 */
export async function writeEntry(temp: string, target: string, bytes: Uint8Array): Promise<void> {
  try {
    await withFolder(temp, () => writeFile(temp, bytes));
    await withFolder(target, () => rename(temp, target));
  } catch (error) {
    await unlink(temp).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new ThumbnailError('cache-unwritable', `The cache cannot be written: ${reason}`, {
      cause: error,
    });
  }
}

async function withFolder(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    await mkdir(dirname(path), { recursive: true });
    await write();
  }
}
