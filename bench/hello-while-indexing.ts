import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { wholeNumber, type Benchmark } from './benchmark.ts';
import { startServer } from './hello/server-process.ts';
import { makeLibrary } from './library/make-library.ts';
import { millis, perSecond, printFigures, seconds } from './measure/print-figures.ts';

const pauseMs = 5;
const idleMs = 2_000;

/** How soon the server says hello while it indexes a library, beside how soon it does when idle. */
export const helloWhileIndexing: Benchmark = {
  name: 'hello-while-indexing',
  summary: 'latency of /hello while the server indexes a library',
  options: { images: { type: 'string' }, seed: { type: 'string' } },
  async run(values) {
    const images = wholeNumber(values, 'images', 20_000);
    const folder = mkdtempSync(join(tmpdir(), 'iib-bench-'));
    try {
      const { root } = makeLibrary(join(folder, 'library'), { images, seed: wholeNumber(values, 'seed', 1) });
      const server = await startServer({
        root,
        databasePath: join(folder, 'index.db'),
        cacheDir: join(folder, 'cache'),
      });
      try {
        const idle = await latencies(server.url, sleep(idleMs));
        const started = performance.now();
        const indexed = server.index();
        const busy = await latencies(server.url, indexed);
        const ms = performance.now() - started;
        const added = await indexed;
        if (added !== images) throw new Error(`of ${images} images ${added} were indexed`);
        printFigures(`GET /hello while ${images.toLocaleString('en')} images are indexed`, [
          ['idle, p50', millis(at(idle, 0.5)), `p99 ${millis(at(idle, 0.99))}, max ${millis(at(idle, 1))}`],
          ['while indexing, p50', millis(at(busy, 0.5)), `p99 ${millis(at(busy, 0.99))}`],
          ['while indexing, slowest', millis(at(busy, 1)), `at most 50 ms; of ${busy.length} requests`],
          ['indexing', seconds(ms), perSecond(images, ms)],
        ]);
      } finally {
        await server.end();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Says hello again and again until the work is done; the times in milliseconds, ascending. */
async function latencies(url: string, work: Promise<unknown>): Promise<number[]> {
  const state = { done: false };
  const finished = work.finally(() => {
    state.done = true;
  });
  const times: number[] = [];
  while (!state.done) {
    const started = performance.now();
    const response = await fetch(`${url}/hello`);
    const answer: unknown = await response.json();
    times.push(performance.now() - started);
    if (answer !== 'hello') throw new Error(`/hello answered ${JSON.stringify(answer)}`);
    await sleep(pauseMs);
  }
  await finished;
  return times.sort((a, b) => a - b);
}

function at(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? Number.NaN;
}
