import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { OrganizeStatus } from '@iib-kit/contract';
import { openService, type IibService } from '@iib-kit/server';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { until } from './helpers/until.ts';

const program = fileURLToPath(new URL('helpers/organizing-program.js', import.meta.url));
const run = promisify(execFile);

const { folder, remove } = await temporaryFolder();
afterAll(remove);

const work = path.join(folder, 'work');
const library = path.join(work, 'library');
const at = (name: string) => path.join(library, name);
const options = {
  base: '',
  extraPaths: [library],
  dbPath: path.join(work, 'iib.db'),
  cacheDir: path.join(folder, 'cache'),
};

const before = ['fox-1.png', 'fox-1.txt', 'fox-2.png', 'robot.png'];
const after = [
  'Unsorted/robot.png',
  'cluster_topic_1/fox-1.png',
  'cluster_topic_1/fox-1.txt',
  'cluster_topic_1/fox-2.png',
];
const prompts: Readonly<Record<string, string>> = {
  'fox-1.png': 'a red fox asleep in deep snow, pine forest, winter morning',
  'fox-2.png': 'a red fox asleep in deep snow, pine forest, winter evening',
  'robot.png': 'portrait of a chrome android reading a newspaper',
};

/** Ids of plans that wait. */
let ids: { move: string; copy: string };
const planned = path.join(folder, 'planned');
const moved = path.join(folder, 'moved');

beforeAll(async () => {
  await mkdir(library, { recursive: true });
  for (const [position, name] of Object.keys(prompts).entries()) {
    await makeImage(at(name), {
      text: infotext(prompts[name] ?? '', position),
      // Copies of the folder keep no finer times.
      modified: new Date(Date.UTC(2024, 0, 1, 0, 0, position)),
    });
  }
  await writeFile(at('fox-1.txt'), 'about the fox');
  ids = await withService(async (service) => {
    await service.library.update();
    await call(service, '/db/batch_update_image_tag', {
      img_paths: [at('fox-1.png')],
      action: 'add',
      tag_id: 1,
    });
    const plan = async (action: string) => {
      const { job_id } = await call<{ job_id: string }>(service, '/db/organize_files_start', {
        folder_paths: [library],
        threshold: 0.85,
        folder_naming: 'id',
        action,
      });
      const { preview } = await reached(service, job_id, 'preview_ready');
      expect(preview?.clusters.map((cluster) => cluster.size)).toEqual([2]);
      return job_id;
    };
    return { move: await plan('move'), copy: await plan('copy') };
  });
  await cp(work, planned, { recursive: true, preserveTimestamps: true });
  await withService(async (service) => {
    await call(service, '/db/organize_files_confirm', { job_id: ids.move });
    await reached(service, ids.move, 'done');
  });
  await cp(work, moved, { recursive: true, preserveTimestamps: true });
});

test('a move that is killed at any step goes on at the next start, whole', { timeout: 600_000 }, async () => {
  const order = { route: '/db/organize_files_confirm', id: ids.move, stage: 'done' };
  const kills = await killedAtEach(planned, order, async (service) => {
    const began = await isBegun(service, ids.move, 'preview_ready');
    const now = began ? await reached(service, ids.move, 'done') : undefined;
    if (now !== undefined) expect(now.result).toMatchObject({ moved_count: 3, errors: [] });
    expect(await files()).toEqual(now === undefined ? before : after);
    expect(await tagged(service)).toEqual([
      at(now === undefined ? 'fox-1.png' : 'cluster_topic_1/fox-1.png'),
    ]);
  });
  expect(kills).toBeGreaterThan(10);
});

test(
  'a copy that is killed at any step goes on, and copies nothing twice',
  { timeout: 600_000 },
  async () => {
    const order = { route: '/db/organize_files_confirm', id: ids.copy, stage: 'done' };
    const kills = await killedAtEach(planned, order, async (service) => {
      const began = await isBegun(service, ids.copy, 'preview_ready');
      const now = began ? await reached(service, ids.copy, 'done') : undefined;
      if (now !== undefined) expect(now.result).toMatchObject({ moved_count: 3, errors: [] });
      const found = await files();
      // A sidecar goes with its image, unless the end came between the two.
      const late = 'cluster_topic_1/fox-1.txt';
      const whole = now === undefined ? before : [...after, ...before];
      expect(found.filter((file) => file !== late)).toEqual(whole.filter((file) => file !== late));
    });
    expect(kills).toBeGreaterThan(10);
  },
);

test(
  'an undo that is killed at any step goes on at the next start, whole',
  { timeout: 600_000 },
  async () => {
    const order = { route: '/db/organize_files_undo', id: ids.move, stage: 'undone' };
    const kills = await killedAtEach(moved, order, async (service) => {
      const began = await isBegun(service, ids.move, 'done');
      const now = began ? await reached(service, ids.move, 'undone') : undefined;
      if (now !== undefined) expect(now.result?.undo).toEqual({ restored_count: 3, errors: [] });
      expect(await files()).toEqual(now === undefined ? after : before);
      expect(await tagged(service)).toEqual([
        at(now === undefined ? 'cluster_topic_1/fox-1.png' : 'fox-1.png'),
      ]);
    });
    expect(kills).toBeGreaterThan(10);
  },
);

/** Kills the program after each step in turn, until it ends by itself; gives how often. */
async function killedAtEach(
  template: string,
  order: { route: string; id: string; stage: string },
  check: (service: IibService) => Promise<void>,
): Promise<number> {
  for (let killAt = 1; ; killAt += 1) {
    await rm(work, { recursive: true, force: true });
    await cp(template, work, { recursive: true, preserveTimestamps: true });
    const isOver = await survives({ ...order, killAt });
    await withService(check);
    if (isOver) return killAt - 1;
  }
}

async function survives(order: {
  route: string;
  id: string;
  stage: string;
  killAt: number;
}): Promise<boolean> {
  try {
    await run(process.execPath, [program, JSON.stringify({ options, ...order })]);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ signal: 'SIGKILL' });
    return false;
  }
}

/** False where the end came before the order was written down. */
async function isBegun(service: IibService, id: string, waitingAt: string): Promise<boolean> {
  return (await statusOf(service, id)).stage !== waitingAt;
}

function reached(service: IibService, id: string, stage: string): Promise<OrganizeStatus> {
  return until(
    () => statusOf(service, id),
    (now) => now.stage === stage && now.status === 'completed',
  );
}

function statusOf(service: IibService, id: string): Promise<OrganizeStatus> {
  return call<OrganizeStatus>(service, '/db/organize_files_status', { job_id: id }, 'GET');
}

async function files(): Promise<string[]> {
  const entries = await readdir(library, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(library, path.join(entry.parentPath, entry.name)))
    .sort();
}

async function tagged(service: IibService): Promise<string[]> {
  const { files: found } = await call<{ files: { fullpath: string }[] }>(
    service,
    '/db/match_images_by_tags',
    { and_tags: [1] },
  );
  return found.map((file) => file.fullpath);
}

async function withService<T>(use: (service: IibService) => Promise<T>): Promise<T> {
  const service = await openService(options);
  try {
    return await use(service);
  } finally {
    await service.close();
  }
}

async function call<T>(
  service: IibService,
  route: string,
  given: Record<string, unknown>,
  method = 'POST',
): Promise<T> {
  const reply = await service.handle({
    method,
    base: '',
    path: route,
    endsInSlash: false,
    query: new URLSearchParams(method === 'GET' ? (given as Record<string, string>) : {}),
    headers: { host: 'localhost' },
    signal: new AbortController().signal,
    readBody: async () => given,
  });
  expect([route, reply?.status, reply?.status === 200 ? '' : reply?.body]).toEqual([route, 200, '']);
  return JSON.parse(typeof reply?.body === 'string' ? reply.body : 'null') as T;
}
