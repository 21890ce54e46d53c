import { closeSync } from 'node:fs';

import {
  Confinement,
  isFileAccessError,
  openRegularFile,
  pathOfDescriptor,
  systemPath,
} from '@iib-kit/files';

import { isThumbnailError, ThumbnailError } from '../thumbnail-error.ts';

interface Confined {
  readonly source: string;
  readonly within?: readonly string[] | undefined;
}

/**
 * Works on the file that is open now, whatever comes into its place: decoders take a path, which is that of the open file
 * where the system has one. Without folders that it must lie in, a path that is text is taken as it is.
 */
export async function withOpenSource<Task extends Confined, T>(
  task: Task,
  work: (task: Task) => Promise<T>,
): Promise<T> {
  const { source, within } = task;
  if (within === undefined && typeof systemPath(source) === 'string') return work(task);
  const descriptor = await open(source, within);
  // By the number of this process: a program that it starts has other files open.
  const path = pathOfDescriptor(descriptor, source, process.pid);
  try {
    return await work({ ...task, source: path });
  } catch (error) {
    throw aboutSource(error, path, source);
  } finally {
    closeSync(descriptor);
  }
}

async function open(path: string, within: readonly string[] | undefined): Promise<number> {
  try {
    return (await openRegularFile(path, { within: within && new Confinement(within) })).descriptor;
  } catch (cause) {
    const code = codeOf(cause);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ThumbnailError(code, `${path} cannot be read: ${reason}`, { path, cause });
  }
}

function codeOf(error: unknown): 'not-found' | 'not-a-file' | 'unreadable' {
  if (isFileAccessError(error)) return error.code === 'outside' ? 'unreadable' : 'not-a-file';
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'not-found' : 'unreadable';
}

/** Names the file by its own path. */
function aboutSource(error: unknown, path: string, source: string): unknown {
  if (path === source || !isThumbnailError(error)) return error;
  const message = error.message.replaceAll(path, source);
  return new ThumbnailError(error.code, message, { path: source, cause: error });
}
