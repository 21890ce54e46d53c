import { closeSync, readSync } from 'node:fs';
import { type FolderFiles, openRegularFileSync } from '@iib-kit/files';
import { systemPath } from '../text/system-path.ts';

/** A file that is open for reading on the scanning thread. */
export interface MediaFile {
  /** Absolute. */
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  /** Bytes in the file. */
  readonly size: number;
  /**
   * Up to `length` bytes from `position`; fewer only at the end of the file. They may be overwritten once the
   * file is described: copy what is to stay.
   */
  read(position: number, length: number): Uint8Array;
  /**
   * Folders with their links resolved that the file really lies in, and what lies beside it has to: give them to whatever
   * opens more files. Undefined where it may lie anywhere.
   */
  readonly within?: readonly string[];
}

// Holds the texts of nearly every image, so that one read serves the fingerprint and the metadata alike.
const headLength = 16_384;

// One for the thread, which reads one file at a time: a new one for each would be most of what it allocates.
const headBuffer = Buffer.allocUnsafeSlow(headLength);

function readExactly(
  descriptor: number,
  position: number,
  length: number,
  bytes: Buffer = Buffer.allocUnsafe(length),
): Uint8Array {
  let filled = 0;
  while (filled < length) {
    const count = readSync(descriptor, bytes, filled, length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** Opens a file for the time of `use`, which waits for a promise alone: most of what reads millions of files does not. */
export function withMediaFile<T>(
  path: string,
  name: string,
  size: number,
  use: (file: MediaFile) => T | Promise<T>,
  files?: { readonly folder: string; readonly opener: FolderFiles },
): T | Promise<T> {
  const { descriptor } =
    files === undefined
      ? openRegularFileSync(systemPath(path), { followLink: true })
      : files.opener.open(systemPath(path), systemPath(files.folder), systemPath(name));
  let used: T | Promise<T> | undefined;
  try {
    const head = readExactly(descriptor, 0, Math.min(size, headLength), headBuffer);
    used = use({
      path,
      name,
      size,
      read: (position, length) =>
        position + length <= head.length
          ? head.subarray(position, position + length)
          : readExactly(descriptor, position, Math.max(0, Math.min(length, size - position))),
      ...(files?.opener.folders && { within: files.opener.folders }),
    });
  } finally {
    if (!(used instanceof Promise)) closeSync(descriptor);
  }
  return used instanceof Promise ? used.finally(() => closeSync(descriptor)) : used;
}
