import { close, closeSync, read, readSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import {
  type FileAccessError,
  isFileAccessError,
  openRegularFile,
  openRegularFileSync,
} from '@iib-kit/files';
import type { ByteSource, SyncByteSource } from '../bytes/byte-source.ts';
import { MetadataError, type MetadataErrorCode } from '../metadata-error.ts';
import type { FileReadOptions } from '../read-options.ts';
import { confinementOf } from './confinement-of.ts';

export type FileSource = ByteSource & { close(): Promise<void> };
export type SyncFileSource = SyncByteSource & { close(): void };

const closeDescriptor = promisify(close);
const readDescriptor = promisify(read);

/** Opens a regular file, in `within` where that is given, for reading ranges of it. Throws `MetadataError`. */
export async function openFile(
  path: string,
  confined: Pick<FileReadOptions, 'within'> = {},
): Promise<FileSource> {
  const options = { followLink: true, within: confinementOf(confined) };
  const { descriptor, stats } = await openRegularFile(path, options).catch((error: unknown) =>
    fail(error, path),
  );
  return {
    size: stats.size,
    name: basename(path),
    close: () => closeDescriptor(descriptor),
    async read(position, length) {
      const buffer = Buffer.allocUnsafeSlow(length);
      const { bytesRead } = await readDescriptor(descriptor, buffer, 0, length, position).catch(
        (error: unknown) => fail(error, path),
      );
      return buffer.subarray(0, bytesRead);
    },
  };
}

/** Like `openFile`, without a promise. */
export function openFileSync(path: string, confined: Pick<FileReadOptions, 'within'> = {}): SyncFileSource {
  const options = { followLink: true, within: confinementOf(confined) };
  const { descriptor, stats } = orFail(path, () => openRegularFileSync(path, options));
  return {
    size: stats.size,
    name: basename(path),
    close: () => closeSync(descriptor),
    read: (position, length) =>
      orFail(path, () => {
        const buffer = Buffer.allocUnsafeSlow(length);
        return buffer.subarray(0, readSync(descriptor, buffer, 0, length, position));
      }),
  };
}

function orFail<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    return fail(error, path);
  }
}

const codes: Readonly<Record<string, MetadataErrorCode>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  EISDIR: 'is-directory',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
};

function fail(error: unknown, path: string): never {
  if (error instanceof MetadataError) throw error;
  if (isFileAccessError(error)) throw accessFailure(error, path);
  const system = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = error instanceof Error ? error.message : String(error);
  throw new MetadataError(codes[system] ?? 'read-failed', `Cannot read ${path}: ${reason}`, {
    cause: error,
    path,
  });
}

function accessFailure(error: FileAccessError, path: string): MetadataError {
  switch (error.code) {
    case 'is-directory':
      return new MetadataError('is-directory', `${path} is a folder.`, { path, cause: error });
    case 'outside':
    case 'changed':
      return new MetadataError('no-permission', `Cannot read ${path}: ${error.message}`, {
        path,
        cause: error,
      });
    default:
      return new MetadataError('read-failed', `${path} is not a regular file.`, { path, cause: error });
  }
}
