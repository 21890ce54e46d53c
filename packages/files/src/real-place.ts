import { existsSync, fstatSync, lstatSync, readlinkSync, realpathSync } from 'node:fs';

import { FileAccessError } from './file-access-error.ts';
import { bytesOf, type FilePath } from './file-path.ts';

/** Whether `/proc/self/fd` tells where an open file is, and leads to it. */
export const hasDescriptorPaths = process.platform === 'linux' && existsSync('/proc/self/fd');

/** Where an open file or folder really is, a character for each byte; `path` is what it was opened by. */
export function realPlace(descriptor: number, path: FilePath): string {
  return hasDescriptorPaths ? placeOfDescriptor(descriptor) : placeByIdentity(descriptor, path);
}

/** Asks the kernel about the open file itself, so that nobody can change the answer by changing folders. */
function placeOfDescriptor(descriptor: number): string {
  // Never waits for a drive: the kernel answers from memory.
  return readlinkSync(`/proc/self/fd/${descriptor}`, 'latin1');
}

/**
 * Resolves the path once more and compares what is there with the open file. A folder that is swapped for a link and
 * back, each in the right moment, can deceive it.
 */
export function placeByIdentity(descriptor: number, path: FilePath): string {
  const place = realpathSync(path, 'buffer');
  const there = lstatSync(place, { bigint: true });
  const opened = fstatSync(descriptor, { bigint: true });
  const isSame = there.dev === opened.dev && there.ino === opened.ino;
  if (!isSame || !realpathSync(path, 'buffer').equals(place)) throw new FileAccessError('changed', path);
  return bytesOf(place);
}
