import type { Sharp } from 'sharp';

import type { Box } from '../../box.ts';
import type { Libav, LibavFrame } from './libav.ts';
import { fitInside, squareSize, turned, upright, type Orientation } from './orientation.ts';

/** Gives a decoded frame as a picture: square pixels, in RGB by its own colour matrix, upright, not larger than `box`. */
export async function asPicture(
  libav: Libav,
  frame: LibavFrame,
  { aspect, orientation, box }: { aspect: number; orientation: Orientation; box?: Box | undefined },
): Promise<Sharp> {
  const stored = squareSize(frame.width, frame.height, aspect);
  const size = fitInside(stored, box && turned(box, orientation));
  return upright(await scaledPixels(libav, frame, size), size, orientation);
}

/** Gives the pixels of a frame as RGBA in this size. */
export async function scaledPixels(libav: Libav, frame: LibavFrame, { width, height }: Box): Promise<Buffer> {
  using scaler = new libav.SoftwareScaleContext();
  scaler.allocContext();
  using scaled = new libav.Frame();
  scaled.alloc();
  scaled.width = width;
  scaled.height = height;
  scaled.format = libav.AV_PIX_FMT_RGBA;
  libav.FFmpegError.throwIfError(scaled.getBuffer(0), 'getBuffer');
  libav.FFmpegError.throwIfError(await scaler.scaleFrame(scaled, frame), 'scaleFrame');
  return scaled.toBuffer();
}
