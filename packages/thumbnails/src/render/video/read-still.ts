import type { Sharp } from 'sharp';

import { isThumbnailError } from '../../thumbnail-error.ts';
import type { PictureTask } from '../render-task.ts';
import { readHeifGrid } from './heif-grid.ts';
import { openWithLibav } from './libav-video.ts';
import { loadLibav } from './libav.ts';
import { readTiles } from './read-tiles.ts';
import { imageFormats } from './video-containers.ts';

/** Reads an image that sharp does not know (HEIC, JPEG XL, BMP) with node-av; undefined where that cannot either. */
export async function readStill(task: PictureTask): Promise<Sharp | undefined> {
  const libav = await loadLibav();
  if (!libav) return undefined;
  try {
    const grid = await readHeifGrid(task.source);
    if (grid) return await readTiles(libav, grid, task);
    const image = await openWithLibav(libav, { ...task, formats: imageFormats });
    try {
      return await image.frameAt(0);
    } finally {
      await image.close();
    }
  } catch (error) {
    if (isThumbnailError(error) && error.code === 'too-large') throw error;
    // The failure that brought us here says more about the file.
    return undefined;
  }
}
