import { createReadStream, type ReadStream, type Stats } from 'node:fs';
import type { Readable } from 'node:stream';

import { ZipFile } from 'yazl';

import { entryNames } from './entry-names.ts';

/** A file that goes into an archive. */
export interface ZipSource {
  /** What to open. */
  readonly path: string;
  readonly stats: Pick<Stats, 'mtime' | 'mode' | 'size'>;
}

/**
 * An archive of these files, made while it is read: one file is open at a time, and none once the stream is
 * destroyed. The stream fails when a file cannot be read any more.
 */
export function zipStream(sources: readonly ZipSource[], { compress }: { compress: boolean }): Readable {
  const zip = new ZipFile();
  // yazl's types know the old stream interface only; it is a PassThrough.
  const output = zip.outputStream as Readable;
  const state: { open?: ReadStream; isOver: boolean } = { isOver: false };
  const names = entryNames(sources.map((source) => source.path));
  for (const [position, { path, stats }] of sources.entries()) {
    const options = { mtime: stats.mtime, mode: stats.mode, compress };
    zip.addReadStreamLazy(names[position] ?? '', options, (give) => {
      // Nobody takes it any more; without an answer the library opens no further file.
      if (state.isOver) return;
      state.open = createReadStream(path, { highWaterMark: 1024 * 1024 });
      give(undefined, state.open);
    });
  }
  zip.on('error', (error) => output.destroy(error));
  output.once('close', () => {
    state.isOver = true;
    state.open?.destroy();
  });
  zip.end();
  return output;
}
