import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { TrashItem } from '@iib-kit/contract';
import { openService, type IibService } from '@iib-kit/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const program = fileURLToPath(new URL('helpers/operating-program.js', import.meta.url));
const run = promisify(execFile);

/** A folder on another drive, where this machine has one at hand. */
const otherDrive = '/dev/shm';
const { folder, remove } = await temporaryFolder();
const hasOtherDrive = existsSync(otherDrive) && statSync(otherDrive).dev !== statSync(folder).dev;
const away = hasOtherDrive ? await mkdtemp(path.join(otherDrive, 'iib-server-')) : path.join(folder, 'away');

const work = path.join(folder, 'work');
const library = path.join(work, 'library');
const template = path.join(folder, 'template');
const at = (name: string) => path.join(library, name);
const options = {
  base: '',
  extraPaths: [library, away],
  dbPath: path.join(work, 'iib.db'),
  cacheDir: path.join(folder, 'cache'),
};

/** What is in each file, by the name it starts with. */
const contents = new Map<string, string>();
const starting = ['one.png', 'one.txt', 'in/two.png', 'in/two.json', 'in/deep/three.png'];
const tagged = new Set(['one.png', 'in/two.png', 'in/deep/three.png']);

beforeAll(async () => {
  await mkdir(away, { recursive: true });
  for (const [position, name] of starting.entries()) {
    if (name.endsWith('.png')) await makeImage(at(name), { text: infotext(name, position) });
    else await writeFile(at(name), `sidecar ${name}`);
    contents.set(await contentOf(at(name)), name);
  }
  await mkdir(at('to'));
  await withService(async (service) => {
    await service.library.update();
    for (const name of tagged) {
      await call(service, '/db/batch_update_image_tag', { img_paths: [at(name)], action: 'add', tag_id: 1 });
    }
  });
  await cp(work, template, { recursive: true, preserveTimestamps: true });
});

afterAll(async () => {
  await rm(away, { recursive: true, force: true });
  await remove();
});

interface Operation {
  readonly name: string;
  readonly route: string;
  readonly body: object;
  /** Files that the operation is about, by the names they start with. */
  readonly touches: readonly string[];
  readonly kind: 'move' | 'copy' | 'remove';
  readonly needsOtherDrive?: boolean;
}

const transfer = (sources: readonly string[], dest: string) => ({ file_paths: sources.map(at), dest });
const operations: readonly Operation[] = [
  {
    name: 'a move',
    route: '/move_files',
    body: transfer(['one.png'], at('to')),
    touches: ['one.png', 'one.txt'],
    kind: 'move',
  },
  {
    name: 'a move to another drive',
    route: '/move_files',
    body: transfer(['one.png'], away),
    touches: ['one.png', 'one.txt'],
    kind: 'move',
    needsOtherDrive: true,
  },
  {
    name: 'a move of a folder',
    route: '/move_files',
    body: transfer(['in'], at('to')),
    touches: starting.slice(2),
    kind: 'move',
  },
  {
    name: 'a move of a folder to another drive',
    route: '/move_files',
    body: transfer(['in'], away),
    touches: starting.slice(2),
    kind: 'move',
    needsOtherDrive: true,
  },
  {
    name: 'a rename of a folder',
    route: '/db/rename',
    body: { path: at('in'), name: 'out' },
    touches: starting.slice(2),
    kind: 'move',
  },
  {
    name: 'a copy',
    route: '/copy_files',
    body: transfer(['one.png'], at('to')),
    touches: ['one.png', 'one.txt'],
    kind: 'copy',
  },
  {
    name: 'a flattening',
    route: '/flatten_folder',
    body: { folder_path: at('in'), dry_run: false },
    touches: ['in/deep/three.png'],
    kind: 'move',
  },
  {
    name: 'a deletion',
    route: '/delete_files',
    body: { file_paths: [at('one.png')] },
    touches: ['one.png', 'one.txt'],
    kind: 'remove',
  },
  {
    name: 'a deletion into the trash',
    route: '/delete_files',
    body: { file_paths: [at('one.png')], trash: true },
    touches: ['one.png', 'one.txt'],
    kind: 'move',
  },
];

describe.each(operations)('$name that is killed', ({ route, body, kind, needsOtherDrive, touches }) => {
  test.runIf(hasOtherDrive || needsOtherDrive !== true)(
    'at any step loses no file and no tag, and the index agrees',
    { timeout: 600_000 },
    async () => {
      let killAt = 1;
      while (!(await survives({ route, body, killAt }))) {
        await checkAfterwards(kind, touches);
        killAt += 1;
      }
      await checkAfterwards(kind, touches);
      expect(killAt).toBeGreaterThan(3);
    },
  );
});

test('an undo that is killed at any step loses no file and no tag', { timeout: 600_000 }, async () => {
  let killAt = 1;
  let isOver = false;
  while (!isOver) {
    await startOver();
    const ids = await withService(async (service) => {
      await call(service, '/delete_files', { file_paths: [at('one.png')], trash: true });
      return (await trashItems(service)).map((item) => item.id);
    });
    isOver = await survives({ route: '/trash/restore', body: { ids }, killAt, keep: true });
    await checkAfterwards('move', starting);
    killAt += 1;
  }
  expect(killAt).toBeGreaterThan(5);
});

test('operations that are killed at any moment lose no file and no tag', { timeout: 600_000 }, async () => {
  const orders = [
    { route: '/move_files', body: transfer(['one.png', 'in'], at('to')) },
    { route: '/delete_files', body: { file_paths: [at('one.png'), at('in')], trash: true } },
  ];
  let killed = 0;
  for (const killAfterMs of [1, 4, 9]) {
    for (const order of orders) {
      if (!(await survives({ ...order, killAt: 0, killAfterMs }))) killed += 1;
      await checkAfterwards('move', starting);
    }
  }
  expect(killed).toBeGreaterThan(0);
});

/** Runs an operation on the library as it began, and tells whether it ended before it was killed. */
async function survives(order: {
  route: string;
  body: object;
  killAt: number;
  killAfterMs?: number;
  keep?: boolean;
}): Promise<boolean> {
  if (order.keep !== true) await startOver();
  try {
    await run(process.execPath, [program, JSON.stringify({ options, ...order })]);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ signal: 'SIGKILL' });
    return false;
  }
}

async function startOver(): Promise<void> {
  await rm(work, { recursive: true, force: true });
  await rm(away, { recursive: true, force: true });
  await mkdir(away);
  await cp(template, work, { recursive: true, preserveTimestamps: true });
}

async function checkAfterwards(kind: Operation['kind'], touches: readonly string[]): Promise<void> {
  await withService(async (service) => {
    const journal = await readdir(`${options.dbPath}-files/journal`).catch(() => []);
    expect(journal).toEqual([]);
    const early = await indexedPaths(service);
    expect(early.filter((file) => !existsSync(file))).toEqual([]);
    checkFiles(kind, touches, await filesByName());
    const ids = (await trashItems(service)).map((item) => item.id);
    if (ids.length > 0) await call(service, '/trash/restore', { ids });
    await service.library.update();
    const found = await filesByName();
    const images = [...found.values()].flat().filter((file) => file.endsWith('.png'));
    expect((await indexedPaths(service)).sort()).toEqual(images.sort());
    if (kind !== 'remove') await checkTags(service, found);
    expect(await readdir(at('.iib-trash')).catch(() => [])).toEqual([]);
  });
}

/** Each file is there once; a copied one may be there twice, a deleted one not at all, with its sidecar. */
function checkFiles(kind: Operation['kind'], touches: readonly string[], found: Map<string, string[]>): void {
  for (const name of starting) {
    const places = found.get(name) ?? [];
    if (!touches.includes(name) || kind === 'move') expect([name, places.length]).toEqual([name, 1]);
    else if (kind === 'copy') expect([1, 2]).toContain(places.length);
    else expect([0, 1]).toContain(places.length);
    if (kind === 'copy') expect(places).toContain(at(name));
  }
  if (kind === 'remove') {
    expect(found.has('one.txt')).toBe(found.has('one.png'));
    expect(found.has('in/two.json')).toBe(found.has('in/two.png'));
  }
  const [image] = found.get('one.png') ?? [];
  const [text] = found.get('one.txt') ?? [];
  if (kind === 'move' && image !== undefined) {
    expect(text).toBe(image.replace(/png$/, 'txt'));
  }
}

/** Each image that was tagged is, where it is now; copies are not. */
async function checkTags(service: IibService, found: Map<string, string[]>): Promise<void> {
  const expected = [...tagged].map((name) => {
    const places = found.get(name) ?? [];
    return places.find((file) => file === at(name)) ?? places[0];
  });
  const page = (await call(service, '/db/match_images_by_tags', { and_tags: [1] })) as Page;
  expect(page.files.map((file) => file.fullpath).sort()).toEqual(expected.map(String).sort());
}

interface Page {
  readonly files: { readonly fullpath: string }[];
}

async function indexedPaths(service: IibService): Promise<string[]> {
  const { files } = (await call(service, '/db/search_by_substr', {})) as Page;
  return files.map((file) => file.fullpath);
}

async function trashItems(service: IibService): Promise<TrashItem[]> {
  return ((await call(service, '/trash', {}, 'GET')) as { items: TrashItem[] }).items;
}

/** Where the files are that we began with; anything else but the trash's own lists fails the test. */
async function filesByName(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const root of [library, away]) {
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (!entry.isFile() || entry.name === 'manifest.json') continue;
      const name = contents.get(await contentOf(file));
      expect([file, name]).not.toEqual([file, undefined]);
      found.set(name ?? '', [...(found.get(name ?? '') ?? []), file]);
    }
  }
  return found;
}

async function contentOf(file: string): Promise<string> {
  return (await readFile(file)).toString('base64');
}

async function withService<T>(use: (service: IibService) => Promise<T>): Promise<T> {
  const service = await openService(options);
  try {
    return await use(service);
  } finally {
    await service.close();
  }
}

async function call(service: IibService, route: string, body: object, method = 'POST'): Promise<unknown> {
  const reply = await service.handle({
    method,
    base: '',
    path: route,
    endsInSlash: false,
    query: new URLSearchParams(),
    headers: { host: 'localhost' },
    signal: new AbortController().signal,
    readBody: async () => body,
  });
  expect([route, reply?.status, reply?.status === 200 ? '' : reply?.body]).toEqual([route, 200, '']);
  return typeof reply?.body === 'string' ? (JSON.parse(reply.body) as unknown) : undefined;
}
