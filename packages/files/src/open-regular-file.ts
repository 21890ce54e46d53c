import {
  close,
  closeSync,
  constants,
  fstat,
  fstatSync,
  lstatSync,
  open,
  openSync,
  type Stats,
} from 'node:fs';
import { promisify } from 'node:util';

import type { Confinement } from './confinement.ts';
import { FileAccessError } from './file-access-error.ts';
import { type FilePath, ownPath } from './file-path.ts';
import { hasDescriptorPaths, realPlace } from './real-place.ts';

// The functions with callbacks take half the time of a `FileHandle`'s methods.
const openDescriptor = promisify(open);
const closeDescriptor = promisify(close);
const statDescriptor = promisify(fstat);

export interface OpenFileOptions {
  /** Where the opened file must really lie; anywhere, unless given. */
  readonly within?: Confinement | undefined;
  /** Whether the last name of the path may be a link; false by default. Links before it are followed. */
  readonly followLink?: boolean;
}

/** A regular file that is open for reading; whoever opened it closes the descriptor. */
export interface OpenedFile {
  readonly descriptor: number;
  /** Of the open file. */
  readonly stats: Stats;
}

/** Without `O_NONBLOCK`, opening a named pipe waits for a writer. Windows has neither pipes among files nor the flags. */
const following = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const notFollowing = following | (constants.O_NOFOLLOW ?? 0);
const lacksNoFollow = constants.O_NOFOLLOW === undefined;

/**
 * Opens a regular file for reading, without ever waiting for a pipe, and checks what was opened.
 * @throws FileAccessError `is-directory`, `not-a-file`, `outside`, `changed`; what the system throws, `ELOOP` for a link
 */
export function openRegularFileSync(path: FilePath, options: OpenFileOptions = {}): OpenedFile {
  let descriptor: number;
  try {
    descriptor = openSync(ownPath(path), flagsFor(path, options));
  } catch (error) {
    throw openFailure(error, path);
  }
  try {
    const stats = fstatSync(descriptor);
    check(descriptor, stats, path, options);
    return { descriptor, stats };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Like `openRegularFileSync`, without holding up the thread. */
export async function openRegularFile(path: FilePath, options: OpenFileOptions = {}): Promise<OpenedFile> {
  let descriptor: number;
  try {
    descriptor = await openDescriptor(ownPath(path), flagsFor(path, options));
  } catch (error) {
    throw openFailure(error, path);
  }
  try {
    const stats = await statDescriptor(descriptor);
    check(descriptor, stats, path, options);
    return { descriptor, stats };
  } catch (error) {
    await closeDescriptor(descriptor);
    throw error;
  }
}

/**
 * A path to an open file itself, for what opens by path; where the system has none, the path it was opened by. Of use to
 * this process, or with the number of this process to those that it starts.
 */
export function pathOfDescriptor<Path extends FilePath>(
  descriptor: number,
  path: Path,
  process: number | 'self' = 'self',
): Path | string {
  return hasDescriptorPaths ? `/proc/${process}/fd/${descriptor}` : path;
}

function flagsFor(path: FilePath, { followLink = false }: OpenFileOptions): number {
  if (followLink) return following;
  if (lacksNoFollow && lstatSync(ownPath(path)).isSymbolicLink()) throw linkInPlace(path);
  return notFollowing;
}

function check(descriptor: number, stats: Stats, path: FilePath, { within }: OpenFileOptions): void {
  if (stats.isDirectory()) throw new FileAccessError('is-directory', path);
  if (!stats.isFile()) throw new FileAccessError('not-a-file', path);
  if (within === undefined || within.contains(realPlace(descriptor, path))) return;
  throw new FileAccessError('outside', path);
}

/** A socket cannot be opened, nor can a device without a driver. */
function openFailure(error: unknown, path: FilePath): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENXIO' && code !== 'ENODEV') return error;
  return new FileAccessError('not-a-file', path, { cause: error });
}

function linkInPlace(path: FilePath): Error {
  return Object.assign(new Error(`ELOOP: ${path.toString()} is a symbolic link`), { code: 'ELOOP' });
}
