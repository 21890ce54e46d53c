import type { Sharp } from 'sharp';

import { ThumbnailError } from '../thumbnail-error.ts';
import { checkReadable } from './check-readable.ts';
import { drawDamaged } from './draw-damaged.ts';
import { drawShrunk } from './draw-shrunk.ts';
import { fileSignature } from './file-signature.ts';
import { heifHdrCoding } from './hdr/hdr-coding.ts';
import { toneMapped } from './hdr/tone-mapped.ts';
import { imageSource } from './image-source.ts';
import { asRenderFailure } from './render-failure.ts';
import type { PictureTask } from './render-task.ts';
import { sharp } from './sharp.ts';
import { toWebp } from './to-webp.ts';
import { readStill } from './video/read-still.ts';

/** Draws an image file into the box of `task` and gives the WebP bytes. */
export async function renderImage(task: PictureTask): Promise<Buffer> {
  const { source } = task;
  try {
    const input = imageSource(source);
    return await toWebp(await inSdr(sharp(input.content, inputOptions(task)), input.format, task), task);
  } catch (error) {
    const failure = explain(asRenderFailure(error, source), source);
    if (failure.code === 'too-large') return drawShrunk(task, failure);
    if (failure.code === 'truncated' || failure.code === 'not-an-image') checkReadable(source);
    if (failure.code === 'truncated') return drawDamaged(task, failure);
    if (failure.code !== 'unsupported') throw failure;
    return toWebp(await readStill(task, failure), task);
  }
}

/** Only AVIF, of what sharp reads, is written in HDR. */
async function inSdr(image: Sharp, format: string | undefined, { source, box }: PictureTask): Promise<Sharp> {
  const coding = format === 'avif' ? heifHdrCoding(source) : undefined;
  return coding ? toneMapped(image, box, coding) : image;
}

function inputOptions({ maxPixels }: PictureTask) {
  // 'error' lets pass what viewers let pass (a wrong colour profile), and stops at missing data.
  return { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true } as const;
}

/** A loader that misses the end of a file does not know it; the first bytes tell what it would be. */
function explain(failure: ThumbnailError, path: string): ThumbnailError {
  if (failure.code !== 'not-an-image') return failure;
  const signature = fileSignature(path);
  if (signature?.media !== 'image') return failure;
  const { format } = signature;
  const loader = Object.values(sharp.format).find(({ id }) => id === format);
  const code = loader?.input.file ? 'truncated' : 'unsupported';
  return new ThumbnailError(code, `${path} begins as ${format} and cannot be read`, {
    path,
    cause: failure,
  });
}
