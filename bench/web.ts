import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { wholeNumber, type Benchmark } from './benchmark.ts';
import { startServer } from './hello/server-process.ts';
import { makeLibrary } from './library/make-library.ts';
import { megabytes, millis, printFigures, type Figure } from './measure/print-figures.ts';
import { firstGrid, memoryOf, scrollFrames, searchTime } from './web/measure-page.ts';
import { openBrowser } from './web/open-browser.ts';

const words = ['castle', 'portrait', 'neon city', 'model:dream'];

/** How soon the web application shows images, scrolls and searches, in a browser on this machine. */
export const web: Benchmark = {
  name: 'web',
  summary: 'first images, frames while scrolling, memory and search of the web application in Chromium',
  options: {
    images: { type: 'string' },
    seconds: { type: 'string' },
    seed: { type: 'string' },
    url: { type: 'string' },
  },
  async run(values) {
    const seconds = wholeNumber(values, 'seconds', 60);
    if (typeof values.url === 'string') {
      await measure(values.url, seconds);
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'iib-bench-'));
    try {
      const { root } = makeLibrary(join(folder, 'library'), {
        images: wholeNumber(values, 'images', 100_000),
        seed: wholeNumber(values, 'seed', 1),
      });
      const server = await startServer({
        root,
        databasePath: join(folder, 'index.db'),
        cacheDir: join(folder, 'cache'),
      });
      try {
        await server.index();
        await measure(server.url, seconds);
      } finally {
        await server.end();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measure(url: string, seconds: number): Promise<void> {
  const browser = await openBrowser();
  try {
    // The first visit makes the thumbnails.
    const cold = await firstGrid(browser, url);
    await cold.page.context().close();
    const { page, known, drawn } = await firstGrid(browser, url);
    printFigures('first images, at most 1000 ms', [
      ['known', millis(known)],
      ['drawn', millis(drawn), `${millis(cold.drawn)} when their thumbnails had to be made`],
    ]);

    const before = await memoryOf(page);
    const steady = await scrollFrames(page, seconds, 40);
    const after = await memoryOf(page);
    const rush = await scrollFrames(page, Math.min(10, seconds), 4000);
    const figures: Figure[] = [
      ['40 pixels a frame', `p99 ${millis(steady.p99)}`, framesNote(steady)],
      ['4000 pixels a frame', `p99 ${millis(rush.p99)}`, framesNote(rush)],
      ['memory before', megabytes(before.bytes), `${before.nodes} nodes`],
      [`after ${seconds} s of scrolling`, megabytes(after.bytes), `${after.nodes} nodes`],
    ];
    printFigures('scrolling, no frame over 50 ms', figures);

    const searches: Figure[] = [];
    for (const word of words) searches.push([word, millis(await searchTime(page, word))]);
    printFigures('from the last key to the images, at most 150 ms', searches);
  } finally {
    await browser.close();
  }
}

function framesNote({
  frames,
  p50,
  longest,
  over50,
  longestTask,
}: Awaited<ReturnType<typeof scrollFrames>>): string {
  return `p50 ${millis(p50)}, longest ${millis(longest)}, ${over50} of ${frames} over 50 ms, longest task ${millis(longestTask)}`;
}
