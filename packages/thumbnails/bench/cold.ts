import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createThumbnailer } from '@iib-kit/thumbnails';
import sharp from 'sharp';

import { benchDir, pictures, type Pictures } from './pictures.ts';
import { median, print } from './print.ts';

const box = { width: 256, height: 256 };
const rounds = 5;

/** Raw sharp at its best here: libvips on one thread, libuv's four threads busy; each result is written. */
async function rawSharp(files: readonly string[], dir: string): Promise<void> {
  const next = files.values();
  const work = async (): Promise<void> => {
    for (const file of next) {
      const webp = await sharp(file)
        .resize({ ...box, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 80 })
        .toBuffer();
      await writeFile(join(dir, 'raw.webp'), webp);
    }
  };
  await Promise.all([work(), work(), work(), work()]);
}

/** Files in a second. */
async function throughput(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return count / ((performance.now() - start) / 1000);
}

/** Renders that miss the cache, beside raw sharp, in turns so that both meet the same disturbances. */
async function benchCold({ pngs, jpegs }: Pictures, dir: string): Promise<void> {
  sharp.concurrency(1);
  sharp.cache(false);
  const thumbnailer = createThumbnailer({ cacheDir: join(dir, 'cold') });
  const ours = async (files: readonly string[]): Promise<void> => {
    await Promise.all(files.map((file) => thumbnailer.thumbnail(file, box)));
  };
  await ours(pngs.slice(0, 8));
  for (const [name, files] of [
    ['PNG 768 x 768', pngs],
    ['JPEG 4000 x 3000', jpegs.slice(0, 60)],
  ] as const) {
    const figures: { own: number; raw: number; ratio: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const raw = await throughput(files.length, () => rawSharp(files, dir));
      await thumbnailer.clear();
      const own = await throughput(files.length, () => ours(files));
      figures.push({ raw, own, ratio: own / raw });
    }
    const middle = (key: 'own' | 'raw' | 'ratio'): number => median(figures.map((figure) => figure[key]));
    print(
      `cold ${name} to 256: ${middle('own').toFixed(1)}/s, raw sharp ${middle('raw').toFixed(1)}/s, ratio ${middle('ratio').toFixed(2)}`,
    );
  }
  const whole = await throughput(6, async () => {
    for (const file of jpegs.slice(0, 6)) await sharp(file).raw().toBuffer();
  });
  print(`  (decoding such a JPEG whole: ${whole.toFixed(1)}/s on one core)`);
  await thumbnailer.close();
}

const dir = benchDir();
await benchCold(pictures(dir), dir);
