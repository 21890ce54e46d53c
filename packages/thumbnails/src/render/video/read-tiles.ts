import type { Sharp } from 'sharp';

import type { Box } from '../../box.ts';
import { ThumbnailError } from '../../thumbnail-error.ts';
import type { PictureTask } from '../render-task.ts';
import type { HeifGrid } from './heif-grid.ts';
import { scaledPixels } from './libav-frame.ts';
import { openFile, startDecoder } from './libav-input.ts';
import type { Libav, LibavPacket, LibavStream } from './libav.ts';
import { upright } from './orientation.ts';
import { imageFormats } from './video-containers.ts';
import { checkFrameSize } from './video-failure.ts';
import type { VideoRequest } from './video-request.ts';

const channels = 4;

type StillTask = PictureTask & Pick<VideoRequest, 'coding'>;

/** Decodes the tiles of a HEIF picture, which FFmpeg gives as a stream each, and puts them together. */
export async function readTiles(libav: Libav, grid: HeifGrid, task: StillTask): Promise<Sharp | undefined> {
  checkFrameSize(task.source, grid, task.maxPixels);
  const file = await openFile(libav, { ...task, formats: imageFormats });
  try {
    using packet = new libav.Packet();
    packet.alloc();
    const canvas = Buffer.alloc(grid.width * grid.height * channels);
    const missing = new Map(grid.tiles.map((item, place) => [item, place]));
    while (missing.size > 0 && (await file.readFrame(packet)) >= 0) {
      const stream = file.streams[packet.streamIndex];
      const place = stream && missing.get(stream.id);
      if (stream && place !== undefined) {
        await drawTile(libav, { stream, packet, place, grid, canvas, task });
        missing.delete(stream.id);
      }
      packet.unref();
    }
    const { turn } = grid;
    return missing.size > 0 ? undefined : await upright(canvas, grid, { mirrored: false, turn });
  } finally {
    await file.closeInput();
  }
}

interface Tile {
  readonly stream: LibavStream;
  readonly packet: LibavPacket;
  readonly place: number;
  readonly grid: HeifGrid;
  readonly canvas: Buffer;
  readonly task: StillTask;
}

async function drawTile(libav: Libav, { stream, packet, place, grid, canvas, task }: Tile): Promise<void> {
  using frame = new libav.Frame();
  frame.alloc();
  using decoder = await startDecoder(libav, stream, task);
  await decoder.sendPacket(packet);
  await decoder.sendPacket(null);
  libav.FFmpegError.throwIfError(await decoder.receiveFrame(frame), 'receiveFrame');
  const row = Math.floor(place / grid.columns);
  const column = place % grid.columns;
  const size = { width: frame.width, height: frame.height };
  checkCovered(grid, size, task.source);
  const pixels = await scaledPixels(libav, frame, { ...size, coding: task.coding });
  copyInto(canvas, grid, { pixels, size, left: column * size.width, top: row * size.height });
}

/** Small tiles of a large picture would leave most of it empty, and let a short file ask for much memory. */
function checkCovered(grid: HeifGrid, { width, height }: Box, path: string): void {
  const rows = grid.tiles.length / grid.columns;
  if (width * grid.columns >= grid.width && height * rows >= grid.height) return;
  throw new ThumbnailError('truncated', `${path}: the tiles do not cover the picture`, { path });
}

/** Copies pixels into a larger picture; what lies beyond its edges is cut off. */
function copyInto(
  canvas: Buffer,
  { width, height }: Box,
  part: { pixels: Buffer; size: Box; left: number; top: number },
): void {
  const { pixels, size, left, top } = part;
  const columns = Math.min(size.width, width - left);
  for (let y = 0; y < size.height && top + y < height; y++) {
    const start = y * size.width * channels;
    const row = pixels.subarray(start, start + columns * channels);
    canvas.set(row, ((top + y) * width + left) * channels);
  }
}
