import type { Sharp } from 'sharp';

import { isThumbnailError, ThumbnailError } from '../../thumbnail-error.ts';
import { heifHdrCoding } from '../hdr/hdr-coding.ts';
import type { PictureTask } from '../render-task.ts';
import { readHeifPicture, type HeifGrid } from './heif-grid.ts';
import { openWithLibav } from './libav-video.ts';
import type { Libav } from './libav.ts';
import { installCommand, loadLibav } from './load-libav.ts';
import { readTiles } from './read-tiles.ts';
import { sharp } from '../sharp.ts';
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
    const { grid, alpha } = await readHeifPicture(task.source);
    const picture = await readColours(libav, grid, task);
    if (!picture || !alpha) return picture;
    // Damaged transparency costs no picture.
    return await withAlpha(picture, await readTiles(libav, alpha, task).catch(() => undefined));
  } catch (error) {
    if (isThumbnailError(error) && error.code === 'too-large') throw error;
    // What sharp said tells more about the file.
    return undefined;
  }
}

async function readColours(
  libav: Libav,
  grid: HeifGrid | undefined,
  task: PictureTask,
): Promise<Sharp | undefined> {
  const coding = heifHdrCoding(task.source);
  if (grid) return readTiles(libav, grid, { ...task, coding });
  const image = await openWithLibav(libav, { ...task, coding, formats: imageFormats });
  try {
    return await image.frameAt(0);
  } finally {
    await image.close();
  }
}

/** Gives a picture the transparency that another one, upright like it, has in its grey. */
async function withAlpha(picture: Sharp, alpha: Sharp | undefined): Promise<Sharp> {
  if (!alpha) return picture;
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const raw = { width, height, channels: 1 } as const;
  const grey = await alpha.extractChannel(0).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return sharp(data, { raw: { width, height, channels: 3 } }).joinChannel(grey, { raw });
}
