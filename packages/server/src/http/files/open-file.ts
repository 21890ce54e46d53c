import { constants, close, fstat, open, read, type Stats } from 'node:fs';
import { promisify } from 'node:util';

import { systemPath } from '@iib-kit/catalog';

import { errorCode } from '../../ports/error-code.ts';
import { HttpError } from '../http-error.ts';

// The functions with callbacks take half the time of a `FileHandle`'s methods.
const openDescriptor = promisify(open);
const closeDescriptor = promisify(close);
const statDescriptor = promisify(fstat);
const readDescriptor = promisify(read);

/** A link put in place of a file after its path was checked is not followed; a pipe is not waited for. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A regular file that is open for reading, until it is closed. */
export interface OpenFile {
  /** As it was when it was opened. */
  readonly stats: Stats;
  /** Fills a buffer from a position of the file; gives how many bytes there were. */
  read(into: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens a file whose links are resolved; `shown` names it in errors.
 * @throws HttpError 400, 403, 404 or 429
 */
export async function openFile(realPath: string, shown: string): Promise<OpenFile> {
  let descriptor: number;
  try {
    descriptor = await openDescriptor(systemPath(realPath), openFlags);
  } catch (cause) {
    throw refusal(cause, shown);
  }
  try {
    const stats = await statDescriptor(descriptor);
    if (!stats.isFile()) throw new HttpError(400, `${JSON.stringify(shown)} is not a file`);
    return {
      stats,
      read: async (into, position) =>
        (await readDescriptor(descriptor, into, 0, into.byteLength, position)).bytesRead,
      close: () => closeDescriptor(descriptor),
    };
  } catch (error) {
    await closeDescriptor(descriptor);
    throw error;
  }
}

function refusal(cause: unknown, shown: string): unknown {
  const name = JSON.stringify(shown);
  switch (errorCode(cause)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new HttpError(404, `${name} is not there`, { cause });
    case 'EACCES':
    case 'EPERM':
    case 'ELOOP':
      return new HttpError(403, `${name} cannot be read by the server`, { cause });
    case 'EISDIR':
    case 'ENXIO':
      return new HttpError(400, `${name} is not a file`, { cause });
    case 'EMFILE':
    case 'ENFILE':
      return new HttpError(429, 'too many files are open; try again', { cause });
    default:
      return cause;
  }
}
