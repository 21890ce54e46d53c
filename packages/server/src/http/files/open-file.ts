import { close, read, type Stats } from 'node:fs';
import { promisify } from 'node:util';

import { systemPath } from '@iib-kit/catalog';
import { type Confinement, type OpenedFile, openRegularFile } from '@iib-kit/files';

import { errorCode } from '../../ports/error-code.ts';
import { HttpError } from '../http-error.ts';

// The functions with callbacks take half the time of a `FileHandle`'s methods.
const closeDescriptor = promisify(close);
const readDescriptor = promisify(read);

/** A regular file that is open for reading, until it is closed. */
export interface OpenFile {
  /** As it was when it was opened. */
  readonly stats: Stats;
  /** Fills a buffer from a position of the file; gives how many bytes there were. */
  read(into: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

/** Where a file is, with its links resolved too, and where it must lie when it is opened. */
export interface LocatedFile {
  readonly path: string;
  readonly realPath: string;
  readonly within: Confinement | undefined;
}

/**
 * Opens a file that was located, and checks again where it is.
 * @throws HttpError 400, 403, 404 or 429
 */
export async function openFile({ path: shown, realPath, within }: LocatedFile): Promise<OpenFile> {
  let opened: OpenedFile;
  try {
    opened = await openRegularFile(systemPath(realPath), { within });
  } catch (cause) {
    throw refusal(cause, shown);
  }
  const { descriptor, stats } = opened;
  return {
    stats,
    read: async (into, position) =>
      (await readDescriptor(descriptor, into, 0, into.byteLength, position)).bytesRead,
    close: () => closeDescriptor(descriptor),
  };
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
    case 'outside':
    case 'changed':
      return new HttpError(403, `${name} cannot be read by the server`, { cause });
    case 'is-directory':
    case 'not-a-file':
      return new HttpError(400, `${name} is not a file`, { cause });
    case 'EMFILE':
    case 'ENFILE':
      return new HttpError(429, 'too many files are open; try again', { cause });
    default:
      return cause;
  }
}
