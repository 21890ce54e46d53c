import { createReadStream } from 'node:fs';
import { join } from 'node:path';

import { createThumbnailer } from '@iib-kit/thumbnails';

import { benchDir, pictures, type Pictures } from './pictures.ts';
import { median, print } from './print.ts';

const box = { width: 256, height: 256 };
const lookUps = 20_000;

/** Calls in a second, with so many under way at the same moment; the middle of three runs. */
async function rate(atOnce: number, call: (index: number) => Promise<unknown>): Promise<string> {
  const rates: number[] = [];
  for (let run = 0; run < 3; run++) {
    let left = lookUps;
    const work = async (): Promise<void> => {
      for (; left > 0; left--) await call(left);
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: atOnce }, work));
    rates.push(lookUps / ((performance.now() - start) / 1000));
  }
  return median(rates).toFixed(0);
}

async function readStream(path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of createReadStream(path)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Look-ups that hit the cache; each looks whether the file has changed. */
async function benchWarm({ pngs }: Pictures, dir: string): Promise<void> {
  const thumbnailer = createThumbnailer({ cacheDir: join(dir, 'warm') });
  await Promise.all(pngs.map((file) => thumbnailer.thumbnail(file, box)));
  const file = (index: number): string => pngs[index % pngs.length] ?? '';
  for (const atOnce of [1, 16]) {
    const name = await rate(atOnce, (index) => thumbnailer.thumbnail(file(index), box));
    const bytes = await rate(atOnce, (index) => thumbnailer.thumbnailBytes(file(index), box));
    const stream = await rate(atOnce, async (index) =>
      readStream((await thumbnailer.thumbnail(file(index), box)).path),
    );
    print(
      `warm, ${atOnce} at once: thumbnail ${name}/s, thumbnailBytes ${bytes}/s, thumbnail and a stream ${stream}/s`,
    );
  }
  const before = await thumbnailer.stats();
  const other = { width: 200, height: 200 };
  await Promise.all(Array.from({ length: 200 }, () => thumbnailer.thumbnail(file(0), other)));
  print(`200 requests at once for one key: ${(await thumbnailer.stats()).rendered - before.rendered} render`);
  await thumbnailer.close();
}

const dir = benchDir();
await benchWarm(pictures(dir), dir);
