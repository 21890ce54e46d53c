import type { ThumbnailError } from '../thumbnail-error.ts';
import { imageSource } from './image-source.ts';
import type { PictureTask } from './render-task.ts';
import { sharp } from './sharp.ts';
import { toWebp } from './to-webp.ts';

/**
 * Draws what can be decoded of an image that ends early or is damaged, as browsers do.
 * @throws ThumbnailError `failure`, where that is nothing
 */
export async function drawDamaged(task: PictureTask, failure: ThumbnailError): Promise<Buffer> {
  const webp = await drawLeniently(task);
  if (webp === undefined || (await isFillOnly(webp))) throw failure;
  return webp;
}

async function drawLeniently(task: PictureTask): Promise<Buffer | undefined> {
  try {
    const { content } = imageSource(task.source);
    // A text is whole or none: a part of an SVG is no picture of it.
    if (typeof content !== 'string') return undefined;
    const options = { limitInputPixels: task.maxPixels, failOn: 'none', sequentialRead: true } as const;
    return await toWebp(sharp(content, options), task);
  } catch {
    // What was wrong at first tells more about the file.
    return undefined;
  }
}

// What decoders put where data is missing: grey in a JPEG, else black, transparent where there is transparency.
const fills = [128, 0];
const lossyTolerance = 1;

async function isFillOnly(webp: Buffer): Promise<boolean> {
  const { channels } = await sharp(webp).stats();
  return fills.some((fill) =>
    channels
      .slice(0, 3)
      .every(({ min, max }) => min >= fill - lossyTolerance && max <= fill + lossyTolerance),
  );
}
