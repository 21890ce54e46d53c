import type { Sharp } from 'sharp';

import { isThumbnailError, ThumbnailError } from '../../thumbnail-error.ts';
import { heifHdrCoding } from '../hdr/hdr-coding.ts';
import type { PictureTask } from '../render-task.ts';
import { readHeifGrid } from './heif-grid.ts';
import { openWithLibav } from './libav-video.ts';
import type { Libav } from './libav.ts';
import { installCommand, loadLibav } from './load-libav.ts';
import { readTiles } from './read-tiles.ts';
import { imageFormats } from './video-containers.ts';

/**
 * Reads an image that sharp does not know (HEIC, JPEG XL, BMP) with node-av.
 * @throws ThumbnailError `failure`, with what sharp said, where node-av cannot either
 */
export async function readStill(task: PictureTask, failure: ThumbnailError): Promise<Sharp> {
  const libav = await loadLibav();
  if (!libav) throw withoutNodeAv(task.source, failure);
  const still = await readWithLibav(libav, task);
  if (!still) throw failure;
  return still;
}

function withoutNodeAv(path: string, cause: ThumbnailError): ThumbnailError {
  const message = `${cause.message}; the package node-av reads more formats (${installCommand})`;
  return new ThumbnailError('unsupported', message, { path, cause });
}

async function readWithLibav(libav: Libav, task: PictureTask): Promise<Sharp | undefined> {
  try {
    const coding = heifHdrCoding(task.source);
    const grid = await readHeifGrid(task.source);
    if (grid) return await readTiles(libav, grid, { ...task, coding });
    const image = await openWithLibav(libav, { ...task, coding, formats: imageFormats });
    try {
      return await image.frameAt(0);
    } finally {
      await image.close();
    }
  } catch (error) {
    if (isThumbnailError(error) && error.code === 'too-large') throw error;
    // What sharp said tells more about the file.
    return undefined;
  }
}
