import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { writeMetadata } from '@iib-kit/metadata';
import sharp from 'sharp';

import type { Draw } from './draw.ts';

const subjects = [
  'fox',
  'lighthouse',
  'castle',
  'panda',
  'harbor',
  'orchid',
  'knight',
  'library',
  '竹林',
  'café',
];
const manners = [
  'watercolor',
  'oil painting',
  'film grain',
  'cinematic light',
  'line art',
  'low poly',
  'golden hour',
];
const places = [
  'in the snow',
  'above the sea',
  'in a pine forest',
  'at night',
  'under autumn leaves',
  'in the fog',
];
const models = ['dreamshaper_8', 'juggernautXL', 'ponyDiffusion', 'animagine'];
const samplers = ['Euler a', 'DPM++ 2M', 'LCM'];
const loras = ['fog', 'ink_wash', 'detail'];

/** Words that many, some and few prompts have. */
export const searchedWords = [...subjects, 'watercolor', 'golden', 'forest', 'blurry', 'Steps', 'night'];
export const searchedModels = models;

/** An A1111 text by chance. */
export function drawText(draw: Draw): string {
  const lora = draw.chance(0.3) ? `, <lora:${draw.one(loras)}:0.${draw.whole(4, 9)}>` : '';
  const words = [draw.one(subjects), draw.one(places), draw.one(manners), `no${draw.whole(1, 400)}`];
  const settings = {
    Steps: draw.whole(8, 50),
    Sampler: draw.one(samplers),
    'CFG scale': draw.whole(2, 24) / 2,
    Seed: draw.whole(1, 2 ** 31),
    Size: '16x16',
    Model: draw.one(models),
  };
  const line = Object.entries(settings).map(([name, value]) => `${name}: ${value}`);
  return `${words.join(', ')}${lora}\nNegative prompt: lowres, blurry\n${line.join(', ')}`;
}

const bases = Promise.all(
  ['#a33', '#3a7', '#37a', '#aa3'].map(async (background) =>
    sharp({ create: { width: 16, height: 16, channels: 3, background } })
      .png()
      .toBuffer(),
  ),
);

/** Writes a small PNG with a text in it. `modified` is in milliseconds. */
export async function writePicture(file: string, text: string, modified: number, draw: Draw): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, writeMetadata(draw.one(await bases), text));
  await utimes(file, modified / 1000, modified / 1000);
}
