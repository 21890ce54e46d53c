import { constants, type Stats } from 'node:fs';
import { lstat, open } from 'node:fs/promises';

import { systemPath } from '@iib-kit/catalog';
import type { FilePath } from '@iib-kit/files';

import { errorCode } from '../../ports/error-code.ts';

/** Tells a file or folder from every other one on this machine. */
export interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
}

/** What is at a path, links not followed; undefined for nothing. As text it is spelled as the index does. */
export async function lookAt(path: FilePath): Promise<Stats | undefined> {
  try {
    return await lstat(typeof path === 'string' ? systemPath(path) : path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

export function isSame(a: FileIdentity | undefined, b: FileIdentity | undefined): boolean {
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

/** Makes what was written to a file or folder outlast a power cut, where the system lets us ask for it. */
export async function syncToDisk(path: FilePath): Promise<void> {
  try {
    // A pipe that somebody put in its place must not be waited for.
    const handle = await open(
      typeof path === 'string' ? systemPath(path) : path,
      constants.O_RDONLY | (constants.O_NONBLOCK ?? 0),
    );
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Windows syncs no folders, some network drives nothing at all.
    if (
      !['EPERM', 'EACCES', 'EINVAL', 'EISDIR', 'ENOTSUP', 'EBADF', 'ENXIO'].includes(errorCode(error) ?? '')
    ) {
      throw error;
    }
  }
}
