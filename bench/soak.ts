import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { wholeNumber, type Benchmark } from './benchmark.ts';
import { makeLibrary } from './library/make-library.ts';
import { megabytes, printFigures, type Figure } from './measure/print-figures.ts';
import { useLikeAPerson, type Use } from './serve/use-like-a-person.ts';
import { startServer, type ServerUnderLoad } from './serve/start-server.ts';

const parts = 10;

/** The least heap and the most resident memory in a part of the time, in bytes. */
interface PartFigures {
  readonly heap: number;
  readonly resident: number;
}

/** Whether the memory of a server that has little of it grows while it is used. */
export const soak: Benchmark = {
  name: 'soak',
  summary: 'heap and memory over minutes of searches, thumbnails, ratings and updates, with a small heap',
  options: {
    minutes: { type: 'string' },
    images: { type: 'string' },
    heap: { type: 'string' },
    seed: { type: 'string' },
  },
  async run(values) {
    const minutes = wholeNumber(values, 'minutes', 20);
    const images = wholeNumber(values, 'images', 5_000);
    const heap = wholeNumber(values, 'heap', 96);
    const seed = wholeNumber(values, 'seed', 1);
    const folder = mkdtempSync(join(tmpdir(), 'iib-bench-'));
    try {
      const root = join(folder, 'library');
      makeLibrary(root, { images, seed });
      const server = await startServer(
        {
          mount: 'alone',
          options: { dbPath: join(folder, 'index.db'), cacheDir: join(folder, 'cache'), extraPaths: [root] },
        },
        [`--max-old-space-size=${heap}`],
      );
      try {
        await server.index();
        const over = new AbortController();
        const use = useLikeAPerson({ server, root, seed, signal: over.signal });
        const figures = await watch(server, (minutes * 60_000) / parts, use);
        over.abort();
        print({ minutes, heap, figures, counts: await use.done });
      } finally {
        await server.end();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Looks each second; rejects as soon as the use of the server does. */
async function watch(server: ServerUnderLoad, partMs: number, use: Use): Promise<readonly PartFigures[]> {
  const figures: PartFigures[] = [];
  for (let part = 0; part < parts; part += 1) {
    let [heap, resident] = [Infinity, 0];
    for (const end = performance.now() + partMs; performance.now() < end;) {
      await Promise.race([sleep(1_000), use.failed]);
      const memory = await server.memory();
      // What was just made lies on the heap until it is collected: the least tells what stays.
      heap = Math.min(heap, memory.heap);
      resident = Math.max(resident, memory.peak);
    }
    figures.push({ heap, resident });
  }
  return figures;
}

interface Outcome {
  readonly minutes: number;
  readonly heap: number;
  readonly figures: readonly PartFigures[];
  readonly counts: Readonly<Record<string, number>>;
}

function print({ minutes, heap, figures, counts }: Outcome): void {
  const rows = figures.map(({ heap, resident }, part): Figure => {
    const until = (((part + 1) * minutes) / parts).toFixed(1);
    return [`until minute ${until}`, megabytes(heap), `most resident ${megabytes(resident)}`];
  });
  // The first part fills caches.
  const [early, late] = [figures.slice(1, 4), figures.slice(-3)].map(least);
  const growth: Figure = [
    'growth',
    megabytes((late ?? 0) - (early ?? 0)),
    'of the heap, from parts 2 to 4 to the last three',
  ];
  printFigures(`heap of at most ${heap} MB: the least of it that is used`, [...rows, growth]);
  printFigures(
    'answered meanwhile',
    Object.entries(counts).map(([name, count]): Figure => [name, count.toLocaleString('en')]),
  );
}

function least(figures: readonly PartFigures[]): number {
  return Math.min(...figures.map(({ heap }) => heap));
}
