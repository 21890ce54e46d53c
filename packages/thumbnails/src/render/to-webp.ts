import type { Sharp } from 'sharp';

import type { PictureTask } from './render-task.ts';

/** Fits the pixels into the box, upright, in sRGB, and encodes them. */
export async function toWebp(
  image: Sharp,
  { box, quality }: Pick<PictureTask, 'box' | 'quality'>,
): Promise<Buffer> {
  return image
    .autoOrient()
    .resize({ ...box, fit: 'inside', withoutEnlargement: true })
    .webp({ quality })
    .toBuffer();
}
