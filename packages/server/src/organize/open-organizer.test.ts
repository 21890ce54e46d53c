import { mkdir, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { openIndex } from '@iib-kit/index-db';
import sharp from 'sharp';
import { expect, onTestFinished, test, vi } from 'vitest';

import { temporaryFolder } from '../../test/helpers/temporary-folder.ts';
import { restrictedAccess } from '../access/path-access.ts';
import { openFileOperations } from '../files/file-operations.ts';
import { openJobs } from '../jobs/open-jobs.ts';
import { openLibraryFolders } from '../library/library-folders.ts';
import { organizeToResponse } from '../routes/responses/organize-to-response.ts';
import type { GroupImages, ImageCluster } from './grouping.ts';
import { openOrganizer, type Organizer } from './open-organizer.ts';
import type { OrganizeRequest } from './organize-plan.ts';

const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#ff0000' } })
  .png()
  .toBuffer();

/** A library of these files, each with its name as its content, images after a picture; and an organizer over it. */
async function libraryOf(...names: string[]) {
  const { folder, remove } = await temporaryFolder();
  const library = path.join(folder, 'library');
  const at = (name: string) => path.join(library, name);
  await mkdir(library);
  const write = async (file: string, content = file) => {
    await mkdir(path.dirname(at(file)), { recursive: true });
    await writeFile(at(file), file.endsWith('.png') ? Buffer.concat([dot, Buffer.from(content)]) : content);
  };
  for (const name of names) await write(name);
  onTestFinished(remove);

  async function open(group: GroupImages) {
    const index = await openIndex({ path: path.join(folder, 'iib.db'), readers: 1 });
    const logged: object[] = [];
    const log = { warn: (details: object) => void logged.push(details), error: () => {} };
    const folders = await openLibraryFolders(index, [library]);
    const jobs = await openJobs({ index, log, messageFor: () => undefined });
    const access = restrictedAccess(() => folders.folders());
    const update = async () => void (await index.update(folders.folders()));
    const stateFolder = path.join(folder, 'files');
    const files = await openFileOperations({
      access,
      index,
      library: { ...folders, update } as never,
      allowedPaths: [],
      stateFolder,
      log,
    });
    await update();
    const organizer = await openOrganizer({
      group,
      access,
      files,
      index,
      jobs,
      library: folders,
      stateFolder: path.join(stateFolder, 'organize'),
      mayResume: true,
      log,
    });
    let isClosed = false;
    const close = async () => {
      if (isClosed) return;
      isClosed = true;
      await jobs.close();
      await organizer.close();
      await files.close();
      await index.close();
    };
    onTestFinished(close);
    const status = async (id: string) => organizeToResponse(await organizer.report(id));
    /** Waits until a run is at one of these stages, with its job over. */
    const reached = async (id: string, ...stages: string[]) => {
      for (let tries = 0; tries < 12_000; tries += 1) {
        const now = await status(id);
        const isOver = now.status !== 'queued' && now.status !== 'running';
        if (isOver && (stages.includes(now.stage) || now.error !== null)) return now;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      throw new Error(`it never came to ${stages.join(' or ')}: ${JSON.stringify(await status(id))}`);
    };
    const planned = async (request: Partial<OrganizeRequest> = {}) => {
      const id = await organizer.start({ ...defaults(library), ...request });
      return { id, ...(await reached(id, 'preview_ready')) };
    };
    const moved = async (id: string, confirmation: Partial<Confirmation> = {}) => {
      await organizer.confirm(id, { folderEdits: [], skippedIds: [], ...confirmation });
      return reached(id, 'done');
    };
    return { index, jobs, organizer, status, reached, planned, moved, logged, close };
  }
  /** Paths in the library, with what is in the files. */
  const tree = async () => {
    const entries = await readdir(library, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    const contents = await Promise.all(
      files
        .filter((file) => !file.includes('.iib-trash'))
        .sort()
        .map(async (file) => [path.relative(library, file), await contentOf(file)] as const),
    );
    return Object.fromEntries(contents);
  };
  return { folder, library, at, write, open, tree };
}

/** Without the picture. */
async function contentOf(file: string): Promise<string> {
  const bytes = await readFile(file);
  return (file.endsWith('.png') ? bytes.subarray(dot.length) : bytes).toString();
}

type Confirmation = Parameters<Organizer['confirm']>[1];

const defaults = (library: string): OrganizeRequest => ({
  folders: [library],
  destFolder: library,
  threshold: 0.9,
  minClusterSize: 2,
  lang: 'en',
  recursive: false,
  folderNaming: 'title',
  maxFolderNameLength: 50,
  action: 'move',
  handleNoise: 'unsorted',
  noiseFolderName: 'Unsorted',
});

const cluster = (id: string, title: string, ...paths: string[]): ImageCluster => ({
  id,
  title,
  keywords: [title.toLowerCase(), 'image'],
  paths,
});

const given =
  (...clusters: ImageCluster[]): GroupImages =>
  async () => ({ clusters });

test('a plan says of every file where it goes, and nothing is moved yet', async () => {
  const { library, at, open, tree } = await libraryOf('a.png', 'b.png', 'c.png', 'sub/d.png');
  const { planned } = await open(given(cluster('t1', 'Foxes', at('a.png'), at('b.png'))));
  const before = await tree();
  const { preview, result, status, stage, progress, id } = await planned();
  expect({ status, stage, progress, result }).toEqual({
    status: 'completed',
    stage: 'preview_ready',
    progress: 1,
    result: null,
  });
  const mapping = (name: string, folder: string, cluster_id: string) => ({
    src_path: at(name),
    dest_folder_name: folder,
    dest_path: at(`${folder}/${name}`),
    cluster_id,
    is_noise: cluster_id === '__noise__',
  });
  const foxes = [mapping('a.png', 'Foxes', 't1'), mapping('b.png', 'Foxes', 't1')];
  const noise = [mapping('c.png', 'Unsorted', '__noise__')];
  expect(preview).toEqual({
    job_id: id,
    dest_folder: library,
    total_files: 3,
    clusters: [
      {
        cluster_id: 't1',
        suggested_folder_name: 'Foxes',
        title: 'Foxes',
        keywords: ['foxes', 'image'],
        size: 2,
        file_mappings: foxes,
      },
    ],
    noise: {
      cluster_id: '__noise__',
      suggested_folder_name: 'Unsorted',
      title: 'Unsorted',
      keywords: [],
      size: 1,
      file_mappings: noise,
    },
    all_mappings: [...foxes, ...noise],
    errors: [],
  });
  expect(await tree()).toEqual(before);
});

test('moving takes sidecars and tags along; undoing brings all back and removes the folders', async () => {
  const { at, open, tree } = await libraryOf('a.png', 'a.txt', 'b.png', 'b.png.json', 'c.png');
  const { planned, moved, organizer, reached, index } = await open(
    given(cluster('t1', 'Foxes', at('a.png'), at('b.png'))),
  );
  const before = await tree();
  await index.setTag([at('a.png')], 1, 'add');
  const { id } = await planned();
  expect((await moved(id)).result).toEqual({
    moved_count: 3,
    created_folders: [at('Foxes'), at('Unsorted')],
    errors: [],
    undo: null,
  });
  expect(await tree()).toEqual({
    'Foxes/a.png': 'a.png',
    'Foxes/a.txt': 'a.txt',
    'Foxes/b.png': 'b.png',
    'Foxes/b.png.json': 'b.png.json',
    'Unsorted/c.png': 'c.png',
  });
  expect([...(await index.tagsOf([at('Foxes/a.png')])).keys()]).toEqual([at('Foxes/a.png')]);

  await organizer.undo(id);
  const undone = await reached(id, 'undone');
  expect(undone).toMatchObject({ status: 'completed', stage: 'undone' });
  expect(undone.result?.undo).toEqual({ restored_count: 3, errors: [] });
  expect(await tree()).toEqual(before);
  expect(await readdir(at(''))).toEqual(['a.png', 'a.txt', 'b.png', 'b.png.json', 'c.png']);
  expect([...(await index.tagsOf([at('a.png')])).keys()]).toEqual([at('a.png')]);
  await expect(organizer.undo(id)).rejects.toMatchObject({
    code: 'nothing-to-undo',
    message: 'there is nothing to undo',
  });
});

test('copies are undone into the trash, and those that were changed stay', async () => {
  const { at, open, tree, write } = await libraryOf('a.png', 'a.txt', 'b.png', 'c.png');
  const { planned, moved, organizer, reached } = await open(
    given(cluster('t1', 'Foxes', at('a.png'), at('b.png'))),
  );
  const before = await tree();
  const { id } = await planned({ action: 'copy', handleNoise: 'leave' });
  expect((await moved(id)).result).toMatchObject({ moved_count: 2, errors: [] });
  expect(await tree()).toEqual({
    ...before,
    'Foxes/a.png': 'a.png',
    'Foxes/a.txt': 'a.txt',
    'Foxes/b.png': 'b.png',
  });
  await write('Foxes/b.png', 'painted over');
  await organizer.undo(id);
  expect((await reached(id, 'undone')).result?.undo).toEqual({
    restored_count: 1,
    errors: [
      {
        src: at('Foxes/b.png'),
        error: `${JSON.stringify(at('Foxes/b.png'))} was changed since it was copied`,
      },
    ],
  });
  expect(await tree()).toEqual({ ...before, 'Foxes/b.png': 'painted over' });
  expect(await readdir(at('.iib-trash'))).toHaveLength(1);
});

test('clusters of one folder name are one, also where only the case differs', async () => {
  const { at, open } = await libraryOf('a.png', 'b.png', 'c.png', 'd.png');
  const { planned } = await open(
    given(
      cluster('t1', 'Foxes', at('a.png')),
      cluster('t2', 'foxes', at('b.png')),
      cluster('t3', 'Fox?', at('c.png')),
    ),
  );
  const { preview } = await planned();
  expect(
    preview?.clusters.map((found) => [found.cluster_id, found.suggested_folder_name, found.size]),
  ).toEqual([
    ['t1_t2', 'Foxes', 2],
    ['t3', 'Fox', 1],
  ]);
});

test.each([
  ['title', 'Foxes in snow'],
  ['keywords', 'foxes in snow_image'],
  ['id', 'cluster_t1'],
] as const)('folders are named after %s', async (folderNaming, name) => {
  const { at, open } = await libraryOf('a.png');
  const { planned } = await open(given(cluster('t1', 'Foxes in snow', at('a.png'))));
  const { preview } = await planned({ folderNaming });
  expect(preview?.clusters[0]?.suggested_folder_name).toBe(name);
});

test('a title of which nothing can be a name gives way to the id', async () => {
  const { at, open } = await libraryOf('a.png');
  const { planned } = await open(given(cluster('t1', '???', at('a.png'))));
  expect((await planned()).preview?.clusters[0]?.suggested_folder_name).toBe('cluster_t1');
});

test.each([
  ['leave', 1],
  ['skip', 0],
] as const)('with %s what is like nothing else stays', async (handleNoise, mappings) => {
  const { at, open, tree } = await libraryOf('a.png', 'b.png');
  const { planned, moved } = await open(given(cluster('t1', 'Foxes', at('a.png'))));
  const { id, preview } = await planned({ handleNoise });
  expect(preview).toMatchObject({ total_files: 1, noise: { size: 1, suggested_folder_name: '' } });
  expect(preview?.noise.file_mappings.map((mapping) => mapping.dest_path)).toEqual(
    [at('b.png')].slice(0, mappings),
  );
  expect((await moved(id)).result?.moved_count).toBe(1);
  expect(Object.keys(await tree())).toEqual(['Foxes/a.png', 'b.png']);
});

test('a grouping that forgets, repeats and invents images loses none', async () => {
  const { folder, at, open } = await libraryOf('a.png', 'b.png', 'c.png', 'sub/d.png');
  const { planned } = await open(
    given(
      cluster('t1', 'Foxes', at('a.png'), at('sub/d.png'), path.join(folder, 'elsewhere.png')),
      cluster('t2', 'Wolves', at('a.png'), at('b.png')),
    ),
  );
  const { preview } = await planned();
  const named = (mappings: readonly { src_path: string }[] = []) =>
    mappings.map((mapping) => path.basename(mapping.src_path));
  expect(preview?.clusters.map((found) => [found.title, named(found.file_mappings)])).toEqual([
    ['Foxes', ['a.png']],
    ['Wolves', ['b.png']],
  ]);
  expect(named(preview?.noise.file_mappings)).toEqual(['c.png']);
});

test('edited names are made safe and skipped clusters stay', async () => {
  const { at, open, tree } = await libraryOf('a.png', 'b.png', 'c.png', 'd.png');
  const { planned, moved } = await open(
    given(
      cluster('t1', 'Foxes', at('a.png')),
      cluster('t2', 'Wolves', at('b.png')),
      cluster('t3', 'Bears', at('c.png')),
    ),
  );
  const { id } = await planned();
  await moved(id, {
    folderEdits: [
      { clusterId: 't1', folderName: '../../Red: foxes.' },
      { clusterId: 't3', folderName: 'red foxes' },
    ],
    skippedIds: ['t2', '__noise__'],
  });
  expect(Object.keys(await tree())).toEqual(['Red foxes/a.png', 'Red foxes/c.png', 'b.png', 'd.png']);
});

test('an edit of a cluster that is not there, and one that is no name, are refused and the plan waits on', async () => {
  const { at, open } = await libraryOf('a.png');
  const { planned, organizer, moved } = await open(given(cluster('t1', 'Foxes', at('a.png'))));
  const { id } = await planned();
  const confirm = (confirmation: Partial<Confirmation>) =>
    organizer.confirm(id, { folderEdits: [], skippedIds: [], ...confirmation });
  await expect(confirm({ skippedIds: ['t9'] })).rejects.toMatchObject({
    code: 'no-such-planned-cluster',
    message: 'the plan has no cluster "t9"',
  });
  await expect(confirm({ folderEdits: [{ clusterId: 't1', folderName: '...' }] })).rejects.toMatchObject({
    code: 'invalid-folder-name',
    message: '"..." is no name for a folder',
  });
  expect((await moved(id)).result?.moved_count).toBe(1);
});

test('nothing is overwritten: names that are taken are numbered, with their sidecars', async () => {
  const { at, open, tree } = await libraryOf('in/a.png', 'in/a.txt', 'in/sub/A.png', 'out/Foxes/a.png');
  const { planned, moved } = await open(given(cluster('t1', 'foxes', at('in/a.png'), at('in/sub/A.png'))));
  const { id, preview } = await planned({ folders: [at('in')], destFolder: at('out'), recursive: true });
  expect(preview?.all_mappings.map((mapping) => path.relative(at('out'), mapping.dest_path))).toEqual([
    'Foxes/a_1.png',
    'Foxes/A.png',
  ]);
  expect((await moved(id)).result).toMatchObject({ moved_count: 2, errors: [] });
  expect(await tree()).toEqual({
    'out/Foxes/a.png': 'out/Foxes/a.png',
    'out/Foxes/a_1.png': 'in/a.png',
    'out/Foxes/a_1.txt': 'in/a.txt',
    'out/Foxes/A.png': 'in/sub/A.png',
  });
});

test('two files whose names differ in case only are told apart by a number', async () => {
  const { at, open } = await libraryOf('a.png', 'sub/A.png');
  const { planned } = await open(given(cluster('t1', 'Foxes', at('a.png'), at('sub/A.png'))));
  const { preview } = await planned({ recursive: true });
  expect(preview?.all_mappings.map((mapping) => path.basename(mapping.dest_path))).toEqual([
    'a.png',
    'A_1.png',
  ]);
});

test('files that vanished or changed since the preview are listed, and the others go on', async () => {
  const { at, open, tree, write } = await libraryOf('a.png', 'b.png', 'c.png', 'd.png');
  const { planned, moved } = await open(
    given(cluster('t1', 'Foxes', at('a.png'), at('b.png'), at('c.png'), at('d.png'))),
  );
  const { id } = await planned();
  await rm(at('a.png'));
  await write('b.png', 'another, longer content');
  await utimes(at('c.png'), 1, 1);
  const { result, status } = await moved(id);
  expect(status).toBe('completed');
  expect(result).toMatchObject({ moved_count: 1 });
  const quoted = (name: string) => JSON.stringify(at(name));
  expect(result?.errors).toEqual([
    { src: at('a.png'), dest: at('Foxes/a.png'), error: `${quoted('a.png')} is not there` },
    {
      src: at('b.png'),
      dest: at('Foxes/b.png'),
      error: `${quoted('b.png')} was changed since it was looked at`,
    },
    {
      src: at('c.png'),
      dest: at('Foxes/c.png'),
      error: `${quoted('c.png')} was changed since it was looked at`,
    },
  ]);
  expect(Object.keys(await tree())).toEqual(['Foxes/d.png', 'b.png', 'c.png']);
});

test('an image that vanished before the preview is among its errors', async () => {
  const { at, open } = await libraryOf('a.png', 'b.png');
  const { planned } = await open(async () => {
    await rm(at('b.png'));
    return { clusters: [cluster('t1', 'Foxes', at('a.png'), at('b.png'))] };
  });
  const { preview } = await planned();
  expect(preview?.clusters[0]?.size).toBe(1);
  expect(preview?.errors).toEqual([
    { src: at('b.png'), error: `${JSON.stringify(at('b.png'))} is not there` },
  ]);
});

test('a destination outside the library is refused, also through a link and when it becomes one later', async () => {
  const { folder, library, at, open, tree } = await libraryOf('a.png');
  const { organizer, planned, moved } = await open(given(cluster('t1', 'Foxes', at('a.png'))));
  const outside = path.join(folder, 'outside');
  await mkdir(outside);
  await symlink(outside, at('way-out'));
  const start = (destFolder: string) => organizer.start({ ...defaults(library), destFolder });
  for (const dest of [outside, at('way-out'), at('way-out/deeper'), `${library}-beside`]) {
    await expect(start(dest)).rejects.toMatchObject({ code: 'outside-allowed-folders' });
  }
  const { id } = await planned();
  await symlink(outside, at('Foxes'));
  const { result } = await moved(id);
  // A link is no folder to go into; the name beside it is free.
  expect(result).toMatchObject({ moved_count: 1, errors: [] });
  expect(await tree()).toEqual({ 'Foxes_1/a.png': 'a.png' });
  expect(await readdir(outside)).toEqual([]);
});

test.each([
  ['a folder that is not there', 'gone', 'missing'],
  ['a file', 'a.png', 'not-a-folder'],
  ['the trash', '.iib-trash', 'own-path'],
])('%s cannot be organised', async (_, name, code) => {
  const { library, at, open } = await libraryOf('a.png');
  const { organizer } = await open(given());
  await expect(organizer.start({ ...defaults(library), folders: [at(name)] })).rejects.toMatchObject({
    code,
  });
});

test('of two plans for the same files the second one finds them gone', async () => {
  const { at, open, tree } = await libraryOf('a.png');
  const { planned, moved } = await open(given(cluster('t1', 'Foxes', at('a.png'))));
  const first = await planned();
  const second = await planned();
  expect(second.id).not.toBe(first.id);
  expect((await moved(first.id)).result?.moved_count).toBe(1);
  expect((await moved(second.id)).result).toMatchObject({ moved_count: 0, errors: [{ src: at('a.png') }] });
  expect(Object.keys(await tree())).toEqual(['Foxes/a.png']);
});

test('a second confirmation is refused, at once and later', async () => {
  const { at, open } = await libraryOf('a.png');
  const { planned, organizer, reached } = await open(given(cluster('t1', 'Foxes', at('a.png'))));
  const { id } = await planned();
  const confirm = () => organizer.confirm(id, { folderEdits: [], skippedIds: [] });
  const outcomes = await Promise.allSettled([confirm(), confirm()]);
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  await reached(id, 'done');
  await expect(confirm()).rejects.toMatchObject({
    code: 'not-awaiting-confirmation',
    message: 'the job is not ready for a confirmation: it is done',
  });
});

test('what is not known, and what is not ready, is refused', async () => {
  const { library, open } = await libraryOf('a.png');
  let begin: (go: () => void) => void;
  const begun = new Promise<() => void>((resolve) => (begin = resolve));
  const { organizer, reached } = await open(
    () => new Promise((resolve) => begin(() => resolve({ clusters: [] }))),
  );
  const nobody = '00000000-0000-4000-8000-000000000000';
  const nothing = { folderEdits: [], skippedIds: [] };
  await expect(organizer.report(nobody)).rejects.toMatchObject({ code: 'no-such-organize-run' });
  await expect(organizer.confirm(nobody, nothing)).rejects.toMatchObject({ code: 'no-such-organize-run' });
  await expect(organizer.undo(nobody)).rejects.toMatchObject({ code: 'no-such-organize-run' });
  const id = await organizer.start(defaults(library));
  await expect(organizer.confirm(id, nothing)).rejects.toMatchObject({ code: 'not-awaiting-confirmation' });
  await expect(organizer.undo(id)).rejects.toMatchObject({ code: 'nothing-to-undo' });
  const go = await begun;
  go();
  await reached(id, 'preview_ready');
  await expect(organizer.undo(id)).rejects.toMatchObject({ code: 'nothing-to-undo' });
});

test('a planning that is cancelled, and one that fails, say so and cannot be confirmed', async () => {
  const { library, open } = await libraryOf('a.png');
  const { organizer, jobs, reached } = await open(
    ({ threshold }, { signal }) =>
      new Promise((_, reject) => {
        if (threshold === 0.5) reject(new Error('secret internals'));
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  );
  const id = await organizer.start(defaults(library));
  jobs.cancel(id);
  expect(await reached(id)).toMatchObject({
    status: 'cancelled',
    error: 'the job was cancelled',
    preview: null,
  });
  await expect(organizer.confirm(id, { folderEdits: [], skippedIds: [] })).rejects.toMatchObject({
    code: 'not-awaiting-confirmation',
    message: 'the job is not ready for a confirmation: it is cancelled',
  });
  const failing = await organizer.start({ ...defaults(library), threshold: 0.5 });
  expect(await reached(failing)).toMatchObject({ status: 'failed', error: 'internal error' });
});

test('a plan that waits, and what was done, outlast a restart', async () => {
  const { at, open, tree } = await libraryOf('a.png', 'b.png');
  const grouping = given(cluster('t1', 'Foxes', at('a.png'), at('b.png')));
  const first = await open(grouping);
  const { id, preview } = await first.planned();
  await first.close();
  const second = await open(grouping);
  expect(await second.status(id)).toMatchObject({ status: 'completed', stage: 'preview_ready', preview });
  await second.moved(id);
  await second.close();
  const third = await open(grouping);
  expect(await third.status(id)).toMatchObject({ stage: 'done', result: { moved_count: 2 } });
  await third.organizer.undo(id);
  expect((await third.reached(id, 'undone')).result?.undo).toEqual({ restored_count: 2, errors: [] });
  expect(Object.keys(await tree())).toEqual(['a.png', 'b.png']);
});

test('what has its place taken is not brought back until that is free', async () => {
  const { at, open, tree, write } = await libraryOf('a.png', 'b.png');
  const { planned, moved, organizer, reached } = await open(
    given(cluster('t1', 'Foxes', at('a.png'), at('b.png'))),
  );
  const { id } = await planned();
  await moved(id);
  await write('a.png', 'new');
  await organizer.undo(id);
  expect((await reached(id, 'undone')).result?.undo).toEqual({
    restored_count: 1,
    errors: [
      { src: at('Foxes/a.png'), dest: at('a.png'), error: `${JSON.stringify(at('a.png'))} is there already` },
    ],
  });
  expect(await tree()).toEqual({ 'Foxes/a.png': 'a.png', 'a.png': 'new', 'b.png': 'b.png' });
  await rename(at('a.png'), at('new.png'));
  await organizer.undo(id);
  expect((await reached(id, 'undone')).result?.undo).toEqual({ restored_count: 2, errors: [] });
  expect(await tree()).toEqual({ 'a.png': 'a.png', 'b.png': 'b.png', 'new.png': 'new' });
});

test('a run that is older than a year goes when another is started', async () => {
  const { at, open } = await libraryOf('a.png', 'b.png');
  const { planned, organizer } = await open(given(cluster('t1', 'Foxes', at('a.png'), at('b.png'))));
  const first = await planned();
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 366 * 24 * 3_600_000 });
  const second = await planned();
  await expect(organizer.report(first.id)).rejects.toMatchObject({ code: 'no-such-organize-run' });
  expect((await organizer.report(second.id)).record.phase).toBe('preview_ready');
});
