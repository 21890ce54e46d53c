import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { OrganizeStatus } from '@iib-kit/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { madeService } from './helpers/made-service.ts';
import { transports } from './helpers/transports.ts';
import { until } from './helpers/until.ts';

const outside = await mkdtemp(path.join(tmpdir(), 'iib-allowed-'));
const { service, at } = await madeService({ accessControl: false });
let base = '';
let stop = async (): Promise<void> => {};

beforeAll(async () => {
  const serving = await transports[0]?.serve(service);
  base = `${serving?.origin}${service.base}`;
  stop = async () => serving?.close();
});
afterAll(async () => {
  await stop();
  await rm(outside, { recursive: true });
});

async function call<T = unknown>(method: string, route: string, body?: unknown): Promise<T> {
  const response = await fetch(base + route, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (response.status !== 200) throw new Error(`${route}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** What a search finds in a folder, by paths in it. */
async function found(folder: string, query: string): Promise<string[]> {
  const body = { query, folder_paths: [folder], sort: 'newest', cursor: '', size: 100 };
  const { files } = await call<{ files: { fullpath: string }[] }>('POST', '/db/search', body);
  return files.map(({ fullpath }) => path.relative(folder, fullpath)).sort();
}

async function trashed(files: readonly string[]): Promise<string[]> {
  const body = { file_paths: files, trash: true };
  const answer = await call<{ trashed: { id: string }[] }>('POST', '/delete_files', body);
  return answer.trashed.map(({ id }) => id);
}
const restore = (ids: readonly string[]) => call('POST', '/trash/restore', { ids });

const organized = (id: string, stage: string) =>
  until(
    () => call<OrganizeStatus>('GET', `/db/organize_files_status?job_id=${id}`),
    (now) => (now.stage === stage && now.status === 'completed') || now.error !== null,
  );

/** Organizes the one image of a folder into `sorted/noise`; gives the run. */
async function organize(folder: string, action: 'move' | 'copy'): Promise<string> {
  const { job_id: id } = await call<{ job_id: string }>('POST', '/db/organize_files_start', {
    folder_paths: [path.join(folder, 'a')],
    dest_folder: path.join(folder, 'sorted'),
    threshold: 0.85,
    action,
    handle_noise: 'unsorted',
    noise_folder_name: 'noise',
  });
  await organized(id, 'preview_ready');
  await call('POST', '/db/organize_files_confirm', { job_id: id });
  await organized(id, 'done');
  return id;
}

interface Operation {
  /** Carries it out on `a/fox.png` of a folder. */
  readonly run: (folder: string) => Promise<unknown>;
  /** Where the image is found then. */
  readonly places: readonly string[];
  /** Whether it works on what is in the index already alone. */
  readonly isOfIndexed?: true;
}

const fox = (folder: string) => path.join(folder, 'a/fox.png');
const a = (folder: string) => path.join(folder, 'a');

/** Every operation of the API that gives a file a path. */
const operations: Readonly<Record<string, Operation>> = {
  'copying a file': {
    run: (folder) =>
      call('POST', '/copy_files', {
        file_paths: [fox(folder)],
        dest: path.join(folder, 'b'),
        create_dest_folder: true,
      }),
    places: ['a/fox.png', 'b/fox.png'],
  },
  'moving a file': {
    run: (folder) =>
      call('POST', '/move_files', {
        file_paths: [fox(folder)],
        dest: path.join(folder, 'b'),
        create_dest_folder: true,
      }),
    places: ['b/fox.png'],
  },
  'moving a folder': {
    run: (folder) =>
      call('POST', '/move_files', {
        file_paths: [a(folder)],
        dest: path.join(folder, 'b'),
        create_dest_folder: true,
      }),
    places: ['b/a/fox.png'],
  },
  'renaming a file': {
    run: (folder) => call('POST', '/db/rename', { path: fox(folder), name: 'vixen.png' }),
    places: ['a/vixen.png'],
  },
  'renaming a folder': {
    run: (folder) => call('POST', '/db/rename', { path: a(folder), name: 'c' }),
    places: ['c/fox.png'],
  },
  'flattening a folder': {
    run: (folder) => call('POST', '/flatten_folder', { folder_path: folder, dry_run: false }),
    places: ['fox.png'],
  },
  'restoring a file': {
    run: async (folder) => restore(await trashed([fox(folder)])),
    places: ['a/fox.png'],
  },
  'restoring a folder': {
    run: async (folder) => restore(await trashed([a(folder)])),
    places: ['a/fox.png'],
  },
  'organizing by moving': {
    run: (folder) => organize(folder, 'move'),
    places: ['sorted/noise/fox.png'],
    isOfIndexed: true,
  },
  'organizing by copying': {
    run: (folder) => organize(folder, 'copy'),
    places: ['a/fox.png', 'sorted/noise/fox.png'],
    isOfIndexed: true,
  },
  'undoing what was moved': {
    async run(folder) {
      const id = await organize(folder, 'move');
      await call('POST', '/db/organize_files_undo', { job_id: id });
      await organized(id, 'undone');
    },
    places: ['a/fox.png'],
    isOfIndexed: true,
  },
  'undoing what was copied': {
    async run(folder) {
      const id = await organize(folder, 'copy');
      await call('POST', '/db/organize_files_undo', { job_id: id });
      await organized(id, 'undone');
    },
    places: ['a/fox.png'],
    isOfIndexed: true,
  },
};

let made = 0;

/** A folder of the library with one image, `a/fox.png`. */
async function madeFolder(): Promise<string> {
  made += 1;
  const folder = at(`folder ${made}`);
  await makeImage(fox(folder), { text: infotext('a fox in snow', 9000 + made) });
  return folder;
}

/** Runs while an update of the whole library is under way, which nothing may wait for. */
async function duringUpdate(run: () => Promise<unknown>): Promise<void> {
  const updating = service.library.update({ reread: true });
  await run();
  await updating;
}

describe('when the answer comes', () => {
  const ofAny = Object.entries(operations).filter(([, { isOfIndexed }]) => isOfIndexed === undefined);

  test.each(Object.entries(operations))('after %s, an image is found', async (_, { run, places }) => {
    const folder = await madeFolder();
    await service.library.update();
    await run(folder);
    expect(await found(folder, 'fox snow')).toEqual(places);
  });

  test.each(ofAny)('after %s, an image is found that was not before', async (_, { run, places }) => {
    const folder = await madeFolder();
    await run(folder);
    // Of what was copied, the original is found by the next update.
    expect(await found(folder, 'fox snow')).toEqual(
      places.filter((place) => place !== 'a/fox.png' || places.length === 1),
    );
  });

  test.each(ofAny)('after %s, while the library is updated', async (_, { run, places }) => {
    const folder = await madeFolder();
    await service.library.update();
    await duringUpdate(async () => {
      await run(folder);
      expect(await found(folder, 'fox snow')).toEqual(places);
    });
    expect(await found(folder, 'fox snow')).toEqual(places);
  });

  test('after moving in what lay outside the library', async () => {
    const folder = await madeFolder();
    const file = path.join(outside, 'owl.png');
    await makeImage(file, { text: infotext('an owl', 1) });
    await mkdir(path.join(folder, 'b'));
    await call('POST', '/move_files', { file_paths: [file], dest: path.join(folder, 'b') });
    expect(await found(folder, 'owl')).toEqual(['b/owl.png']);
  });
});

describe('an edited text', () => {
  const elsewhere: Readonly<Record<string, Operation>> = {
    'rebuilding the index': { run: () => call('POST', '/db/rebuild_index', {}), places: ['a/fox.png'] },
    'removing the folder from the library and adding it': {
      async run(folder) {
        const body = { path: folder, types: ['scanned'] };
        await call('POST', '/db/extra_paths', body);
        await call('DELETE', '/db/extra_paths', body);
        await call('POST', '/db/extra_paths', body);
        await service.library.update();
        await call('DELETE', '/db/extra_paths', body);
      },
      places: ['a/fox.png'],
    },
    'another time of the file': {
      async run(folder) {
        await makeImage(fox(folder), { text: infotext('a fox again', 5), modified: new Date(1e12) });
        await service.library.update();
      },
      places: ['a/fox.png'],
    },
  };

  test.each(Object.entries({ ...operations, ...elsewhere }))(
    'counts after %s',
    async (_, { run, places }) => {
      const folder = await madeFolder();
      await service.library.update();
      const exif = 'heron in reeds\nSteps: 7, Sampler: DDIM, Seed: 5, Model: own-model';
      await call('POST', '/update_exif', { path: fox(folder), exif });
      await run(folder);
      await service.library.update();
      // A copy has the text of the file.
      const [own] = places.length === 1 ? places : places.filter((place) => place === 'a/fox.png');
      const copies = places.filter((place) => place !== own);
      for (const query of [
        'heron',
        'seed:5 steps:7',
        'model=own-model',
        'sampler=DDIM',
        'tag="heron in reeds"',
      ])
        expect([query, await found(folder, query)]).toEqual([query, [own]]);
      expect(await found(folder, 'fox snow')).toEqual(copies);
      expect(await found(folder, 'model=dreamshaper_8')).toEqual(copies);
      const file = encodeURIComponent(path.join(folder, own ?? ''));
      expect(await call('GET', `/image_metadata?path=${file}`)).toMatchObject({
        is_edited: true,
        generation: { prompt: 'heron in reeds', seed: '5' },
      });
    },
  );
});
