import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';

import type { PathAccess } from '../access/path-access.ts';
import { naming } from '../file-operations/file-failure.ts';
import { HttpError } from '../http/http-error.ts';
import { forEachAtOnce } from '../listing/for-each-at-once.ts';
import { openPackedZips, type PackedZip } from './packed-zips.ts';
import { zipStream, type ZipSource } from './zip-stream.ts';

/** Archives made at the same time; each reads and compresses as fast as it can. */
const MAX_AT_ONCE = 4;

/** Files looked at together. */
const STATS_AT_ONCE = 64;

/** Packs files that callers may see. */
export interface Archives {
  /** Throws `HttpError` 403, 404 or 400 for what callers may not see, is not there, or is no file. */
  sources(paths: readonly string[], access: PathAccess): Promise<ZipSource[]>;
  /** Made while it is read. Throws `HttpError` 429 while too many others are. */
  stream(sources: readonly ZipSource[], options: { compress: boolean }): Readable;
  /** Made on the server, to be fetched by name. Throws `HttpError` 429 while too many others are. */
  pack(
    sources: readonly ZipSource[],
    options: { compress: boolean; signal: AbortSignal; onBytes?: (bytes: number) => void },
  ): Promise<PackedZip>;
  /** Where a packed archive is. Throws `HttpError` 404. */
  packed(name: string): Promise<string>;
  close(): void;
}

export async function openArchives(folder: string): Promise<Archives> {
  const zips = await openPackedZips(folder);
  let running = 0;
  const begin = () => {
    if (running >= MAX_AT_ONCE) {
      throw new HttpError(429, `${MAX_AT_ONCE} archives are being made already`, { retryAfter: 5 });
    }
    running += 1;
  };
  return {
    async sources(paths, access) {
      const sources: ZipSource[] = [];
      await forEachAtOnce(STATS_AT_ONCE, paths, async (sent, position) => {
        const { realPath, path } = await access.check(sent);
        const stats = await naming(sent, () => stat(realPath));
        if (!stats.isFile()) throw new HttpError(400, `${JSON.stringify(sent)} is not a file`);
        sources[position] = { path, stats };
      });
      return sources;
    },
    stream(sources, options) {
      begin();
      const archive = zipStream(sources, options);
      return archive.once('close', () => (running -= 1));
    },
    async pack(sources, options) {
      begin();
      try {
        return await zips.pack(sources, options);
      } finally {
        running -= 1;
      }
    },
    async packed(name) {
      const file = zips.pathOf(name);
      const stats = file === undefined ? undefined : await stat(file).catch(() => undefined);
      if (file === undefined || stats === undefined) {
        throw new HttpError(404, `no archive ${JSON.stringify(name)} is here`);
      }
      return file;
    },
    close: () => zips.close(),
  };
}
