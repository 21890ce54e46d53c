import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

import { type MissingFile, zipStream, type ZipSource } from './zip-stream.ts';

/** How long a packed archive stays. */
export const KEPT_FOR_MS = 24 * 60 * 60 * 1000;

const SWEEP_EVERY_MS = 60 * 60 * 1000;

const packedName = /^iib-[0-9a-f]{16}\.zip$/;
const ownName = /^iib-[0-9a-f]{16}\.zip(?:\.part)?$/;

export interface PackedZip {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** What could not be read, and is named in the archive. */
  readonly missing: readonly MissingFile[];
}

export interface PackOptions {
  readonly compress: boolean;
  readonly signal: AbortSignal;
  /** Called with the bytes of the archive so far. */
  readonly onBytes?: (bytes: number) => void;
}

/** Archives that wait on the server to be fetched. */
export interface PackedZips {
  /** A name that no other archive has. */
  newName(): string;
  /** Makes the archive of a new name. */
  pack(name: string, sources: readonly ZipSource[], options: PackOptions): Promise<PackedZip>;
  /** Where the archive of a name is; undefined for what is no such name. */
  pathOf(name: string): string | undefined;
  close(): void;
}

export async function openPackedZips(folder: string): Promise<PackedZips> {
  await sweep(folder);
  const timer = setInterval(() => void sweep(folder), SWEEP_EVERY_MS);
  timer.unref();
  return {
    newName: () => `iib-${randomBytes(8).toString('hex')}.zip`,
    async pack(name, sources, { compress, signal, onBytes }) {
      const file = path.join(folder, name);
      await mkdir(folder, { recursive: true });
      const missing: MissingFile[] = [];
      try {
        await pipeline(
          zipStream(sources, { compress, onMissing: (file) => missing.push(file) }),
          countingBytes(onBytes),
          createWriteStream(`${file}.part`, { flags: 'wx' }),
          { signal },
        );
        await rename(`${file}.part`, file);
      } catch (error) {
        await rm(`${file}.part`, { force: true });
        throw error;
      }
      return { name, path: file, bytes: (await stat(file)).size, missing };
    },
    pathOf: (name) => (packedName.test(name) ? path.join(folder, name) : undefined),
    close: () => clearInterval(timer),
  };
}

function countingBytes(onBytes: PackOptions['onBytes']) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let written = 0;
    for await (const chunk of chunks) {
      yield chunk;
      written += chunk.length;
      onBytes?.(written);
    }
  };
}

/** Removes archives that stayed long enough, those that were never finished too. */
async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((candidate) => ownName.test(candidate))) {
    const file = path.join(folder, name);
    const stats = await stat(file).catch(() => undefined);
    if (stats !== undefined && Date.now() - stats.mtimeMs > KEPT_FOR_MS) {
      await rm(file, { force: true }).catch(() => undefined);
    }
  }
}
