import type { Metadata } from 'sharp';

import { ThumbnailError } from '../thumbnail-error.ts';
import { imageSource } from './image-source.ts';
import type { PictureTask } from './render-task.ts';
import { sharp } from './sharp.ts';
import { toWebp } from './to-webp.ts';

/**
 * Draws a JPEG of more pixels than `maxPixels` where its decoder gives it so much smaller that the limit is kept.
 * @throws ThumbnailError `failure`, with the size of the picture, for any other
 */
export async function drawShrunk(task: PictureTask, failure: ThumbnailError): Promise<Buffer> {
  const { source, maxPixels } = task;
  const options = { limitInputPixels: false, failOn: 'error', sequentialRead: true } as const;
  const image = sharp(imageSource(source).content, options);
  const size = await image.metadata().catch(() => undefined);
  // Decoders have limits of their own.
  if (size === undefined || size.width * size.height <= maxPixels) throw failure;
  if (decodedPixels(size, task) > maxPixels) throw tooLarge(size, task, failure);
  return toWebp(image, task);
}

// libjpeg scales by these while it decodes, and keeps a few rows only.
const scales = [8, 4, 2];

function decodedPixels({ format, isProgressive, autoOrient }: Metadata, { box }: PictureTask): number {
  const { width, height } = autoOrient;
  const shrink = Math.max(width / box.width, height / box.height);
  // The coefficients of all scans but a single one are held for the whole picture.
  const scale = format === 'jpeg' && !isProgressive ? (scales.find((one) => one <= shrink) ?? 1) : 1;
  return Math.ceil(width / scale) * Math.ceil(height / scale);
}

function tooLarge(
  { width, height }: Metadata,
  { source: path, maxPixels }: PictureTask,
  cause: unknown,
): ThumbnailError {
  const message = `${path} has ${width} x ${height} pixels, more than maxPixels (${maxPixels})`;
  return new ThumbnailError('too-large', message, { path, cause });
}
