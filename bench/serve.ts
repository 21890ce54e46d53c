import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { wholeNumber, type Benchmark } from './benchmark.ts';
import { makeLibrary } from './library/make-library.ts';
import { megabytes, millis, printFigures, type Figure } from './measure/print-figures.ts';
import type { LoadFigures, LoadRequest } from './serve/load.ts';
import { mounts, type Mount } from './serve/mounts.ts';
import { libraryImages } from './serve/library-images.ts';
import { loadFromChild } from './serve/start-load.ts';
import { startServer, type ServerUnderLoad } from './serve/start-server.ts';

const base = '/infinite_image_browsing';
const fileBytes = 2 * 1024 * 1024;
const streamBytes = 4 * 1024 ** 3;

interface Workload {
  readonly name: string;
  readonly requests: readonly LoadRequest[];
  /** Requests a second that are asked of the server. */
  readonly target: number;
}

interface Setting {
  readonly server: ServerUnderLoad;
  readonly connections: number;
  readonly seconds: number;
}

/** How many requests the server answers, how soon, and with how much memory. */
export const serve: Benchmark = {
  name: 'serve',
  summary: 'requests a second, latency and memory of the server; also while it indexes',
  options: {
    images: { type: 'string' },
    seconds: { type: 'string' },
    connections: { type: 'string' },
    mount: { type: 'string' },
    seed: { type: 'string' },
  },
  async run(values) {
    const images = wholeNumber(values, 'images', 100_000);
    const seed = wholeNumber(values, 'seed', 1);
    const mount = mountNamed(values.mount);
    const folder = mkdtempSync(join(tmpdir(), 'iib-bench-'));
    try {
      const root = join(folder, 'library');
      makeLibrary(join(root, 'indexed'), { images, seed });
      const files = join(root, 'files');
      mkdirSync(files);
      writeFileSync(join(files, 'two.bin'), Buffer.alloc(fileBytes, 7));
      sparseFile(join(files, 'large.mp4'), streamBytes);
      const server = await startServer({
        mount,
        options: { dbPath: join(folder, 'index.db'), cacheDir: join(folder, 'cache'), extraPaths: [root] },
      });
      const setting = {
        server,
        connections: wholeNumber(values, 'connections', 100),
        seconds: wholeNumber(values, 'seconds', 4),
      };
      try {
        await sleep(2_000);
        const idle = await server.memory();
        await server.index();
        const workloads = workloadsOf(root);
        await warm(setting, workloads);
        const rates: Figure[] = [];
        for (const workload of workloads) rates.push(await fastest(setting, workload));
        if (mount !== 'alone') rates.push(await fastest(setting, bare));
        printFigures(`${mount}: as many as it answers over ${setting.connections} connections`, rates);
        const latencies: Figure[] = [];
        for (const workload of workloads) latencies.push(await atTarget(setting, workload));
        printFigures(`${mount}: at the rate that is asked of it, p99 at most 50 ms`, latencies);
        await streamWithout(setting, join(files, 'large.mp4'), idle.now);
        makeLibrary(join(root, 'more'), { images, seed: seed + 1 });
        await whileIndexing(setting, workloads, images);
      } finally {
        await server.end();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const bare: Workload = {
  name: 'the framework alone',
  target: 0,
  requests: [{ method: 'GET', url: '/bare' }],
};

function workloadsOf(root: string): readonly Workload[] {
  const get = (route: string, query: Record<string, string> = {}): LoadRequest => ({
    method: 'GET',
    url: `${base}${route}?${new URLSearchParams(query).toString()}`,
  });
  const page = JSON.stringify({ surstr: '', cursor: '', regexp: '', size: 200, folder_paths: [] });
  return [
    { name: '/hello', target: 15_000, requests: [get('/hello')] },
    {
      name: '/image-thumbnail, 200 of them',
      target: 5_000,
      requests: libraryImages(join(root, 'indexed'), 200).map((path) =>
        get('/image-thumbnail', { path, t: '1', size: '256x256' }),
      ),
    },
    {
      name: '/db/search_by_substr, 200 images',
      target: 300,
      requests: [{ method: 'POST', url: `${base}/db/search_by_substr`, body: page }],
    },
    {
      name: '/file of 2 MiB',
      target: Math.ceil(1e9 / fileBytes),
      requests: [get('/file', { path: join(root, 'files/two.bin') })],
    },
  ];
}

/** Each request once or twice, so that thumbnails are made and code is compiled. */
async function warm({ server }: Setting, workloads: readonly Workload[]): Promise<void> {
  for (const { requests } of workloads) {
    await loadFromChild({ port: server.port, requests, connections: 4, seconds: 2 });
  }
}

async function fastest({ server, connections, seconds }: Setting, workload: Workload): Promise<Figure> {
  const { requests, target } = workload;
  const figures = await loadFromChild({ port: server.port, requests, connections, seconds });
  const rate = `${Math.round(figures.perSecond).toLocaleString('en')}/s`;
  const asked = target === 0 ? '' : `asked ${target.toLocaleString('en')}/s; `;
  return [
    workload.name,
    rate,
    `${asked}${megabytes(figures.bytesPerSecond)}/s, p50 ${millis(figures.p50)}, p99 ${millis(figures.p99)}`,
  ];
}

async function atTarget({ server, connections, seconds }: Setting, workload: Workload): Promise<Figure> {
  const { requests, target: rate } = workload;
  const figures = await loadFromChild({ port: server.port, requests, connections, seconds, rate });
  return latency(workload.name, rate, figures);
}

function latency(name: string, rate: number, { perSecond, p50, p99, max }: LoadFigures): Figure {
  const answered = `${Math.round(perSecond).toLocaleString('en')}/s of ${rate.toLocaleString('en')}/s`;
  return [name, `p99 ${millis(p99)}`, `p50 ${millis(p50)}, max ${millis(max)}, ${answered}`];
}

async function streamWithout({ server }: Setting, file: string, idle: number): Promise<void> {
  const before = (await server.memory()).now;
  const url = `${base}/stream_video?${new URLSearchParams({ path: file }).toString()}`;
  const requests: LoadRequest[] = [{ method: 'GET', url }];
  const figures = await loadFromChild({ port: server.port, requests, connections: 1, seconds: 0.1 });
  const { peak } = await server.memory();
  printFigures('memory of the server', [
    ['idle after the start', megabytes(idle), 'at most 180 MB'],
    ['after the loads', megabytes(before)],
    ['most while 4 GiB are streamed', megabytes(peak), `${megabytes(figures.bytesPerSecond)}/s`],
  ]);
}

/** A quarter of the rates, as half of the machine is at work on the index. */
async function whileIndexing(
  setting: Setting,
  workloads: readonly Workload[],
  images: number,
): Promise<void> {
  const indexing = { done: false };
  const started = performance.now();
  const added = setting.server.index().finally(() => {
    indexing.done = true;
  });
  const figures: Figure[] = [];
  for (const workload of workloads) {
    const slower = { ...workload, target: Math.round(workload.target / 4) };
    const figure = await atTarget(setting, slower);
    if (!indexing.done) figures.push(figure);
  }
  if (figures.length < workloads.length) figures.push(['indexing ended before the last of them', '']);
  const count = await added;
  if (count !== images) throw new Error(`of ${images} images ${count} were indexed`);
  const took = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  printFigures(
    `while ${images.toLocaleString('en')} images are indexed (${took}), p99 at most 150 ms`,
    figures,
  );
}

function mountNamed(name: unknown): Mount {
  if (name === undefined) return 'alone';
  const mount = mounts.find((one) => one === name);
  if (mount === undefined) throw new RangeError(`--mount must be one of ${mounts.join(', ')}`);
  return mount;
}

/** A file that takes no room on the disk. */
function sparseFile(path: string, bytes: number): void {
  const file = openSync(path, 'w');
  ftruncateSync(file, bytes);
  closeSync(file);
}
