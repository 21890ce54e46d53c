import type { Sharp } from 'sharp';

import type { Box } from '../../box.ts';
import { hdrCoding, type HdrCoding } from '../hdr/hdr-coding.ts';
import { toneMap } from '../hdr/tone-map.ts';
import type { Libav, LibavFrame } from './libav.ts';
import { fitInside, squareSize, turned, upright, type Orientation } from './orientation.ts';

interface PictureForm {
  readonly aspect: number;
  readonly orientation: Orientation;
  readonly box?: Box | undefined;
  readonly coding?: HdrCoding | undefined;
}

/** Gives a decoded frame as a picture: square pixels, in RGB by its own colour matrix, upright, not larger than `box`. */
export async function asPicture(
  libav: Libav,
  frame: LibavFrame,
  { aspect, orientation, box, coding }: PictureForm,
): Promise<Sharp> {
  const stored = squareSize(frame.width, frame.height, aspect);
  const size = fitInside(stored, box && turned(box, orientation));
  return upright(await scaledPixels(libav, frame, { ...size, coding }), size, orientation);
}

// ITU-T H.273.
const bt2020 = 9;

/** Gives the pixels of a frame as RGBA of sRGB in this size; `coding` is that of the file, which goes before the frame's. */
export async function scaledPixels(
  libav: Libav,
  frame: LibavFrame,
  { coding: coded, ...size }: Box & { readonly coding?: HdrCoding | undefined },
): Promise<Buffer> {
  const coding = coded ?? hdrCoding(frame.colorPrimaries, frame.colorTrc);
  if (coding || frame.colorPrimaries === bt2020) {
    // For BT.2020 FFmpeg makes a table of colours for each frame, which takes seconds.
    frame.colorPrimaries = libav.AVCOL_PRI_UNSPECIFIED;
    frame.colorTrc = libav.AVCOL_TRC_UNSPECIFIED;
  }
  if (!coding) return convert(libav, frame, { ...size, format: libav.AV_PIX_FMT_RGBA });
  const deep = await convert(libav, frame, { ...size, format: libav.AV_PIX_FMT_RGBA64LE });
  return toneMap(new Uint16Array(deep.buffer, deep.byteOffset, deep.length / 2), 4, coding);
}

interface Form extends Box {
  readonly format: number;
}

async function convert(libav: Libav, frame: LibavFrame, { width, height, format }: Form): Promise<Buffer> {
  using scaler = new libav.SoftwareScaleContext();
  scaler.allocContext();
  using scaled = new libav.Frame();
  scaled.alloc();
  scaled.width = width;
  scaled.height = height;
  scaled.format = format;
  libav.FFmpegError.throwIfError(scaled.getBuffer(0), 'getBuffer');
  libav.FFmpegError.throwIfError(await scaler.scaleFrame(scaled, frame), 'scaleFrame');
  return scaled.toBuffer();
}
