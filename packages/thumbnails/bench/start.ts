import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { createThumbnailer } from '@iib-kit/thumbnails';

import { benchDir, pictures, type Pictures } from './pictures.ts';
import { median, print } from './print.ts';

/** Milliseconds that an import takes in a fresh process. */
async function importMs(name: string): Promise<string> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const script = `const start = performance.now(); await import(${JSON.stringify(import.meta.resolve(name))}); console.log(performance.now() - start);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    times.push(Number(stdout));
  }
  return median(times).toFixed(0);
}

/** What the first use costs. */
async function benchStart({ pngs }: Pictures, dir: string): Promise<void> {
  print(
    `import: @iib-kit/thumbnails ${await importMs('@iib-kit/thumbnails')} ms, sharp alone ${await importMs('sharp')} ms`,
  );
  const thumbnailer = createThumbnailer({ cacheDir: join(dir, 'start') });
  const start = performance.now();
  await thumbnailer.thumbnail(pngs[0] ?? '', { width: 256, height: 256 });
  print(`first thumbnail, with the start of its process: ${(performance.now() - start).toFixed(0)} ms`);
  await thumbnailer.close();
}

const dir = benchDir();
await benchStart(pictures(dir), dir);
