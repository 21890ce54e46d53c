import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { writeMetadata } from '@iib-kit/metadata';
import sharp from 'sharp';

/** An A1111 text as the web UI writes it. */
export function infotext(prompt: string, seed: number): string {
  return `${prompt}\nNegative prompt: lowres, blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: ${seed}, Size: 64x48, Model: dreamshaper_8`;
}

/** Writes an image whose left half is red and right half blue, with a text in it where one is given. */
export async function makeImage(
  file: string,
  options: { text?: string; modified?: Date; width?: number; height?: number } = {},
): Promise<void> {
  const { text, modified, width = 64, height = 48 } = options;
  const half = { width: width / 2, height, channels: 3 as const };
  const red = await sharp({ create: { ...half, background: '#ff0000' } })
    .png()
    .toBuffer();
  const picture = sharp({ create: { width, height, channels: 3, background: '#0000ff' } }).composite([
    { input: red, left: 0, top: 0 },
  ]);
  const format = path.extname(file).slice(1) === 'jpg' ? 'jpeg' : path.extname(file).slice(1);
  const bytes = await picture.toFormat(format as 'png').toBuffer();
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text === undefined ? bytes : writeMetadata(bytes, text));
  if (modified !== undefined) await utimes(file, modified, modified);
}
