import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wholeNumber, type Benchmark } from './benchmark.ts';
import { indexInChild, type IndexMeasurement } from './indexing/index-in-child.ts';
import { insertRows } from './indexing/insert-rows.ts';
import { readHeads } from './indexing/read-heads.ts';
import { makeLibrary } from './library/make-library.ts';
import { megabytes, millis, perSecond, printFigures, seconds } from './measure/print-figures.ts';

/** Indexing a fresh library, beside the floor of this machine: raw reads of the heads plus raw inserts of the rows. */
export const indexing: Benchmark = {
  name: 'indexing',
  summary: 'index a library; floor, memory, event-loop delay and an update without changes beside it',
  options: { images: { type: 'string' }, seed: { type: 'string' } },
  async run(values) {
    const images = wholeNumber(values, 'images', 20_000);
    const folder = mkdtempSync(join(tmpdir(), 'iib-bench-'));
    try {
      const library = makeLibrary(join(folder, 'library'), { images, seed: wholeNumber(values, 'seed', 1) });
      const databasePath = join(folder, 'index.db');
      // Once before, so that both sides find the files in the page cache.
      readHeads(library.root);
      const measured = await indexInChild({ databasePath, root: library.root });
      const reads = readHeads(library.root);
      const inserts = insertRows(databasePath, join(folder, 'floor.db'));
      checkComplete(images, measured, inserts.rows);
      report(measured, {
        reads,
        inserts,
        databaseBytes: statSync(databasePath).size,
        folders: library.folders,
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function checkComplete(images: number, { added, failed }: IndexMeasurement, rows: number): void {
  if (added !== images || failed > 0 || rows !== images) {
    throw new Error(`of ${images} images ${added} were added, ${failed} failed, ${rows} are in the database`);
  }
}

interface Surroundings {
  reads: ReturnType<typeof readHeads>;
  inserts: ReturnType<typeof insertRows>;
  databaseBytes: number;
  folders: number;
}

function report(measured: IndexMeasurement, { reads, inserts, databaseBytes, folders }: Surroundings): void {
  const { added, updateMs, delay, memory } = measured;
  const floorMs = reads.ms + inserts.ms;
  printFigures(`indexing ${added.toLocaleString('en')} images in ${folders} folders`, [
    ['index', seconds(updateMs), perSecond(added, updateMs)],
    ['floor: read the heads', seconds(reads.ms), perSecond(reads.files, reads.ms)],
    [
      'floor: insert the rows',
      seconds(inserts.ms),
      `${perSecond(inserts.rows, inserts.ms)}, ${inserts.links} tag links`,
    ],
    ['index / floor', (updateMs / floorMs).toFixed(2), 'at most 2'],
    ['update without changes', seconds(measured.unchangedMs)],
    [
      'main thread late, p99',
      millis(delay.p99),
      `at most 20 ms; p50 ${millis(delay.p50)}, max ${millis(delay.max)}`,
    ],
    ['memory, peak', megabytes(memory.peak), `${megabytes(memory.before)} before; whole process`],
    [
      'database an image',
      `${Math.round(databaseBytes / added)} B`,
      `floor ${Math.round(inserts.bytes / added)} B`,
    ],
    ['progress events', String(measured.progressEvents)],
  ]);
}
