import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';

import { systemPath } from '@iib-kit/catalog';

import type { AllowedPath, PathAccess } from '../access/path-access.ts';
import { naming } from '../files/disk/file-failure.ts';
import { Refusal } from '../ports/refusal.ts';
import { forEachAtOnce } from '../ports/for-each-at-once.ts';
import type { Jobs, StartedJob } from '../jobs/open-jobs.ts';
import { openPackedZips, type PackedZip } from './packed-zips.ts';
import { zipStream, type ZipSource } from './zip-stream.ts';

/** Archives made at the same time; each reads and compresses as fast as it can. */
const MAX_AT_ONCE = 4;

/** Bytes of files that are packed while the caller waits. */
const SOON_DONE_BYTES = 64 * 1024 * 1024;

/** Files looked at together. */
const STATS_AT_ONCE = 64;

export interface PackingZip {
  readonly job: StartedJob<PackedZip>;
  readonly name: string;
  readonly path: string;
  /** Whether it is done before a caller gives up waiting. */
  readonly isSoonDone: boolean;
}

/** Packs files that callers may see. */
export interface Archives {
  /** Throws a `Refusal` 403, 404 or 400 for what callers may not see, is not there, or is no file. */
  sources(paths: readonly string[], access: PathAccess): Promise<ZipSource[]>;
  /** Made while it is read. Throws a `Refusal` 429 while too many others are. */
  stream(sources: readonly ZipSource[], options: { compress: boolean }): Readable;
  /** Made on the server by a job, to be fetched by name when it is done. Throws a `Refusal` 429. */
  pack(sources: readonly ZipSource[], options: { compress: boolean }): PackingZip;
  /** Where a packed archive is. Throws a `Refusal` 404. */
  packed(name: string): Promise<AllowedPath>;
  close(): void;
}

export async function openArchives(folder: string, jobs: Pick<Jobs, 'start'>): Promise<Archives> {
  const zips = await openPackedZips(folder);
  let running = 0;
  const begin = () => {
    if (running >= MAX_AT_ONCE) {
      throw new Refusal('too-many-archives', { limit: MAX_AT_ONCE });
    }
    running += 1;
  };
  return {
    async sources(paths, access) {
      const sources: ZipSource[] = [];
      await forEachAtOnce(STATS_AT_ONCE, paths, async (sent, position) => {
        const allowed = await access.checkSpelled(sent);
        const stats = await naming(sent, () => stat(systemPath(allowed.realPath)));
        if (!stats.isFile()) throw new Refusal('not-a-file', { path: sent });
        sources[position] = { ...allowed, stats };
      });
      return sources;
    },
    stream(sources, options) {
      begin();
      const archive = zipStream(sources, options);
      return archive.once('close', () => (running -= 1));
    },
    pack(sources, { compress }) {
      const name = zips.newName();
      const total = sources.reduce((sum, { stats }) => sum + stats.size, 0);
      const job = jobs.start({
        kind: 'zip',
        detail: { name, files: sources.length },
        run: ({ signal, report }) =>
          zips.pack(name, sources, {
            compress,
            signal,
            // Of a compressed archive fewer bytes are there at the end.
            onBytes: (bytes) => report({ stage: 'packing', progress: Math.min(0.99, bytes / (total + 1)) }),
          }),
      });
      return { job, name, path: path.join(folder, name), isSoonDone: total <= SOON_DONE_BYTES };
    },
    async packed(name) {
      const file = zips.pathOf(name);
      const isThere = file !== undefined && (await stat(file).catch(() => undefined)) !== undefined;
      if (!isThere) throw new Refusal('no-such-archive', { name });
      return { path: file, realPath: file, within: undefined };
    },
    close: () => zips.close(),
  };
}
