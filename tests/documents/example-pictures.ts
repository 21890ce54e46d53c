import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { writeMetadata } from '@iib-kit/metadata';
import sharp from 'sharp';

interface Picture {
  readonly prompt?: string;
  readonly settings?: string;
  readonly size?: readonly [width: number, height: number];
  readonly date: string;
}

/** The pictures that the documents speak of. */
export const examplePictures: Readonly<Record<string, Picture>> = {
  'fox-1.png': {
    prompt: 'red fox in deep snow, pine forest',
    settings: 'Steps: 30, Sampler: Euler a, CFG scale: 7, Seed: 1001, Size: 96x64, Model: juggernautXL',
    date: '2024-03-05T09:00:00',
  },
  'fox-2.png': {
    prompt: 'red fox in deep snow, morning light',
    settings: 'Steps: 30, Sampler: Euler a, CFG scale: 7, Seed: 1002, Size: 96x64, Model: juggernautXL',
    date: '2024-03-05T09:01:00',
  },
  'lighthouse.jpg': {
    prompt: 'a lighthouse on a cliff above a stormy sea',
    settings: 'Steps: 20, Sampler: DPM++ 2M, CFG scale: 5.5, Seed: 42, Size: 64x96, Model: dreamshaper_8',
    size: [64, 96],
    date: '2023-11-20T18:30:00',
  },
  'castle.png': {
    prompt: 'a castle in fog, <lora:fog:0.8>',
    settings: 'Steps: 12, Sampler: Euler a, CFG scale: 4, Seed: 7, Size: 64x64, Model: dreamshaper_8',
    size: [64, 64],
    date: '2024-06-30T23:59:00',
  },
  'drafts/cat.webp': {
    prompt: 'a cat asleep, watercolor',
    settings: 'Steps: 8, Sampler: LCM, CFG scale: 1.5, Seed: 99, Size: 96x64, Model: juggernautXL',
    date: '2025-01-10T12:00:00',
  },
  'holiday.jpg': { size: [96, 48], date: '2022-08-01T08:00:00' },
};

/** Writes the pictures of the documents below a folder. */
export async function writeExamplePictures(folder: string): Promise<void> {
  for (const [name, picture] of Object.entries(examplePictures)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, await bytesOf(name, picture));
    const date = new Date(picture.date);
    await utimes(file, date, date);
  }
}

async function bytesOf(name: string, { prompt, settings, size: [width, height] = [96, 64] }: Picture) {
  // A colour of its own for each, so that no two are the same picture.
  const background = { r: name.length * 7, g: name.charCodeAt(0), b: name.charCodeAt(1) };
  const picture = sharp({ create: { width, height, channels: 3, background } });
  const bytes = await picture.toFormat(formatOf(name)).toBuffer();
  if (prompt === undefined) return bytes;
  return writeMetadata(bytes, `${prompt}\nNegative prompt: blurry\n${settings ?? ''}`);
}

function formatOf(name: string): 'png' | 'jpeg' | 'webp' {
  if (name.endsWith('.jpg')) return 'jpeg';
  return name.endsWith('.webp') ? 'webp' : 'png';
}
