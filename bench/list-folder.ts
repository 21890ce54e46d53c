import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchApp } from '@iib-kit/server';
import { wholeNumber, type Benchmark } from './benchmark.ts';
import { measured, type Measured } from './measure/measured.ts';
import { megabytes, millis, printFigures, seconds } from './measure/print-figures.ts';

const rounds = 5;

/** How long a folder with very many files takes to list over HTTP, and how late the server's timers are meanwhile. */
export const listFolder: Benchmark = {
  name: 'list-folder',
  summary: 'listing one folder with very many files',
  options: { files: { type: 'string' } },
  async run(values) {
    const files = wholeNumber(values, 'files', 50_000);
    const folder = mkdtempSync(join(tmpdir(), 'iib-bench-'));
    try {
      const names = Array.from(
        { length: files },
        (_, number) => `${String(number).padStart(6, '0')}-fox.png`,
      );
      for (const name of names) writeFileSync(join(folder, name), 'x');
      for (const dialect of ['reference', 'iib-web'] as const) {
        const outcomes = await listAgain(folder, dialect, files);
        report(dialect, files, outcomes);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** The bytes of each answer; the client only counts them, in the same process. */
async function listAgain(
  folder: string,
  dialect: 'reference' | 'iib-web',
  files: number,
): Promise<Measured<number>[]> {
  const state = mkdtempSync(join(tmpdir(), 'iib-bench-'));
  const app = await launchApp({
    port: 0,
    dbPath: join(state, 'iib.db'),
    cacheDir: join(state, 'cache'),
    extraPaths: [folder],
    dialect,
  });
  const url = `${app.url}/files?folder_path=${encodeURIComponent(folder)}`;
  try {
    const first = (await (await fetch(url)).json()) as { files: unknown[] };
    if (first.files.length !== files) throw new Error(`of ${files} files ${first.files.length} were listed`);
    const outcomes: Measured<number>[] = [];
    for (let round = 0; round < rounds; round += 1) outcomes.push(await measured(() => bytesOf(url)));
    return outcomes;
  } finally {
    await app.close();
    rmSync(state, { recursive: true, force: true });
  }
}

async function bytesOf(url: string): Promise<number> {
  const response = await fetch(url);
  let bytes = 0;
  for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length;
  return bytes;
}

function report(dialect: string, files: number, outcomes: readonly Measured<number>[]): void {
  const times = outcomes.map(({ ms }) => ms).sort((a, b) => a - b);
  const worst = Math.max(...outcomes.map(({ delay }) => delay.max));
  const p99 = Math.max(...outcomes.map(({ delay }) => delay.p99));
  const [first] = outcomes;
  printFigures(`GET /files of ${files.toLocaleString('en')} files, ${dialect}`, [
    ['fastest of five', seconds(times[0] ?? Number.NaN), 'at most 0.60 s; IIB 1.1 s'],
    ['median', seconds(times[2] ?? Number.NaN), megabytes(first?.result ?? 0)],
    ['main thread late, p99', millis(p99), `slowest ${millis(worst)}`],
  ]);
}
