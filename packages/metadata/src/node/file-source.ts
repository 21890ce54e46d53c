import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ByteSource, SyncByteSource } from '../bytes/byte-source.ts';
import { MetadataError, type MetadataErrorCode } from '../metadata-error.ts';

export type FileSource = ByteSource & { close(): Promise<void> };
export type SyncFileSource = SyncByteSource & { close(): void };

// Without O_NONBLOCK, opening a named pipe waits for a writer; Windows has no such flag.
const readOnly = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Opens a file for reading ranges of it. Throws `MetadataError`. */
export async function openFile(path: string): Promise<FileSource> {
  const handle = await open(path, readOnly).catch((error: unknown) => fail(error, path));
  try {
    const stats = await handle.stat();
    refuseOthers(stats.isFile(), stats.isDirectory(), path);
    return {
      size: stats.size,
      name: basename(path),
      close: () => handle.close(),
      async read(position, length) {
        const buffer = Buffer.allocUnsafeSlow(length);
        const { bytesRead } = await handle
          .read(buffer, 0, length, position)
          .catch((error: unknown) => fail(error, path));
        return buffer.subarray(0, bytesRead);
      },
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Like `openFile`, without a promise. */
export function openFileSync(path: string): SyncFileSource {
  const descriptor = orFail(path, () => openSync(path, readOnly));
  try {
    const stats = fstatSync(descriptor);
    refuseOthers(stats.isFile(), stats.isDirectory(), path);
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
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function refuseOthers(isFile: boolean, isDirectory: boolean, path: string): void {
  if (isFile) return;
  if (isDirectory) throw new MetadataError('is-directory', `${path} is a folder.`, { path });
  throw new MetadataError('read-failed', `${path} is not a regular file.`, { path });
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
  const system = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = error instanceof Error ? error.message : String(error);
  throw new MetadataError(codes[system] ?? 'read-failed', `Cannot read ${path}: ${reason}`, {
    cause: error,
    path,
  });
}
