import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { drawImage } from './draw-image.ts';
import { embedDescription } from './embed-description.ts';
import { sampleImages, type SampleImage } from './sample-images.ts';

/**
 * Makes a small library of images with prompts, in every format that can be written, so that there is
 * something to try. What is there already stays as it is.
 * @returns how many images the library has
 */
export async function makeSampleLibrary(folder: string): Promise<number> {
  for (const image of sampleImages) await makeImage(folder, image);
  return sampleImages.length;
}

async function makeImage(folder: string, image: SampleImage): Promise<void> {
  const file = path.join(folder, image.file);
  const existing = await stat(file).catch(() => undefined);
  if (existing !== undefined) return;
  const bytes = await embedDescription(await drawImage(image), image);
  await mkdir(path.dirname(file), { recursive: true });
  // Renamed into place, so that a run that is stopped leaves no half-written image behind.
  const unfinished = path.join(folder, `.${path.basename(file)}.part`);
  await writeFile(unfinished, bytes);
  await rename(unfinished, file);
}
