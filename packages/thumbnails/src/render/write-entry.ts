import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { ThumbnailError } from '../thumbnail-error.ts';

/**
 * Puts `bytes` at `target` at once or not at all, by way of `temp`.
 * The folders are made when they are missing, for somebody may have deleted the cache.
 */
export function writeEntry(temp: string, target: string, bytes: Uint8Array): void {
  try {
    withFolder(temp, () => writeFileSync(temp, bytes));
    withFolder(target, () => renameSync(temp, target));
  } catch (error) {
    removeQuietly(temp);
    const reason = error instanceof Error ? error.message : String(error);
    throw new ThumbnailError('cache-unwritable', `The cache cannot be written: ${reason}`, {
      cause: error,
    });
  }
}

/** The size of a file, or 0 where none can be seen. */
export function bytesAt(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}

export function withFolder(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    mkdirSync(dirname(path), { recursive: true });
    write();
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The error that led here says more.
  }
}
