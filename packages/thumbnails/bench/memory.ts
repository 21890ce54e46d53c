import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { createThumbnailer } from '@iib-kit/thumbnails';

import { benchDir, pictures, type Pictures } from './pictures.ts';
import { print } from './print.ts';

const renders = 10_000;
const sampleEvery = 1000;
const mega = 1e6;

/** Resident bytes of this process and of its render processes; what they share is counted for each. */
async function resident(): Promise<{ host: number; children: number }> {
  const args = ['-A', '-o', 'ppid=,rss=,comm='];
  const { stdout } = await promisify(execFile)('ps', args, { maxBuffer: 64 * 2 ** 20 });
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/u));
  const own = rows.filter(([ppid, , command]) => Number(ppid) === process.pid && command !== 'ps');
  const children = own.reduce((sum, [, kilobytes]) => sum + Number(kilobytes) * 1024, 0);
  return { host: process.memoryUsage.rss(), children };
}

/** Ten thousand renders of two kinds of pictures in a hundred sizes. */
async function benchMemory({ pngs, jpegs }: Pictures, dir: string): Promise<void> {
  const thumbnailer = createThumbnailer({ cacheDir: join(dir, 'memory') });
  const files = [...pngs.slice(0, 80), ...jpegs.slice(0, 20)];
  const start = performance.now();
  let highest = 0;
  for (let done = 0; done < renders; done += sampleEvery) {
    const asked = Array.from({ length: sampleEvery }, (_, index) => {
      const side = 64 + ((done + index) / files.length) * 4;
      const box = { width: Math.floor(side), height: Math.floor(side) + (index % 7) };
      return thumbnailer.thumbnail(files[index % files.length] ?? '', box);
    });
    await Promise.all(asked);
    const { host, children } = await resident();
    highest = Math.max(highest, host + children);
    print(
      `memory after ${done + sampleEvery}: host ${(host / mega).toFixed(0)} MB, render processes ${(children / mega).toFixed(0)} MB`,
    );
  }
  const seconds = (performance.now() - start) / 1000;
  const { rendered } = await thumbnailer.stats();
  print(
    `memory: ${rendered} renders in ${seconds.toFixed(0)} s, at most ${(highest / mega).toFixed(0)} MB together`,
  );
  await thumbnailer.close();
}

const dir = benchDir();
await benchMemory(pictures(dir), dir);
