import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { errorCode } from '../ports/error-code.ts';
import type { Logger } from '../ports/logger.ts';

/** https://bford.info/cachedir/: backup programs, and our index, pass a folder over that holds this file. */
const CACHE_TAG = `Signature: 8a477f597d28d172789f06886806bc55
# This folder holds thumbnails made by iib-kit; it can be deleted at any time.
`;

/** Makes a folder and marks it as a cache. */
export async function tagAsCache(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'CACHEDIR.TAG'), CACHE_TAG);
}

/**
 * What a drive says that is full, worn out or not ours; anything else is a folder that cannot be one. On a read-only drive
 * Node fails to make folders in folders with ENOENT.
 */
const driveErrors: ReadonlySet<unknown> = new Set([
  'ENOSPC',
  'EDQUOT',
  'EROFS',
  'EACCES',
  'EPERM',
  'EIO',
  'ENOENT',
]);

/** The same, where the cache may do without: a drive that cannot be written costs the cache, and is logged. */
export async function tagAsCacheIfPossible(folder: string, log: Logger): Promise<void> {
  try {
    await tagAsCache(folder);
  } catch (err) {
    if (!driveErrors.has(errorCode(err))) throw err;
    log.warn({ err, cacheDir: folder }, 'the cache cannot be written');
  }
}
