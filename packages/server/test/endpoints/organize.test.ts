import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { OrganizeStatus } from '@iib-kit/contract';
import { openService } from '@iib-kit/server';
import { afterAll, describe, expect, test } from 'vitest';

import { infotext, makeImage } from '../helpers/make-image.ts';
import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';
import { until } from '../helpers/until.ts';

const { service, folder, at } = await madeService();
const web = await openService({
  extraPaths: [path.join(folder, 'library')],
  dbPath: path.join(folder, 'web.db'),
  cacheDir: path.join(folder, 'web-cache'),
  dialect: 'iib-web',
});
afterAll(() => web.close());

const prompts = {
  'fox-1.png': 'a red fox asleep in deep snow, pine forest, winter morning',
  'fox-2.png': 'a red fox asleep in deep snow, pine forest, winter evening',
  'sea-1.png': 'an old lighthouse above the stormy sea, crashing waves',
  'sea-2.png': 'an old lighthouse above the stormy sea, crashing waves, gulls',
  'robot.png': 'portrait of a chrome android reading a newspaper',
};

let seed = 5000;

/** A folder of its own with foxes, seas and a robot, one with a sidecar, and an image without a prompt. */
async function gallery(name: string): Promise<(file?: string) => string> {
  const inside = (file = '') => path.join(at(name), file);
  await rm(inside(), { recursive: true, force: true });
  for (const [file, prompt] of Object.entries(prompts)) {
    await makeImage(inside(file), { text: infotext(prompt, seed++) });
  }
  await makeImage(inside('plain.png'), { width: 40 + 2 * (seed++ % 50) });
  await writeFile(inside('fox-1.txt'), 'about the fox');
  return inside;
}

const everything = [...Object.keys(prompts), 'plain.png', 'fox-1.txt'].sort();
const filesIn = async (root: string) =>
  (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();

overTransports(service, ({ transport, get, send, json }) => {
  const start = async (body: object) =>
    (await json<{ job_id: string }>(send('POST', '/db/organize_files_start', body))).job_id;
  const status = (id: string) => json<OrganizeStatus>(get('/db/organize_files_status', { job_id: id }));
  const reached = (id: string, stage: string) =>
    until(
      () => status(id),
      (now) => (now.stage === stage && now.status === 'completed') || now.error !== null,
    );
  const confirm = (id: string, more: object = {}) =>
    send('POST', '/db/organize_files_confirm', { job_id: id, ...more });
  const undo = (id: string) => send('POST', '/db/organize_files_undo', { job_id: id });
  const detail = async (answer: Promise<Response>) => {
    const response = await answer;
    return [response.status, ((await response.json()) as { detail: unknown }).detail];
  };
  const planned = async (name: string, more: object = {}) => {
    const inside = await gallery(`${transport} ${name}`);
    await service.library.update();
    const id = await start({ folder_paths: [inside()], threshold: 0.85, ...more });
    return { inside, id, preview: (await reached(id, 'preview_ready')).preview };
  };

  test('images of one kind are planned into one folder, the others are noise, and each is there once', async () => {
    const { inside, id, preview } = await planned('plan');
    const together = preview?.clusters.map((cluster) =>
      cluster.file_mappings.map((mapping) => path.basename(mapping.src_path)).sort(),
    );
    expect(together?.sort((a, b) => String(a).localeCompare(String(b)))).toEqual([
      ['fox-1.png', 'fox-2.png'],
      ['sea-1.png', 'sea-2.png'],
    ]);
    expect(preview?.noise.file_mappings.map((mapping) => path.basename(mapping.src_path))).toEqual([
      'plain.png',
      'robot.png',
    ]);
    expect(preview).toMatchObject({ job_id: id, dest_folder: inside(), total_files: 6, errors: [] });
    expect(preview?.all_mappings).toHaveLength(6);
    expect(await filesIn(inside())).toEqual(everything);
  });

  test('what is confirmed is moved with sidecars and tags, and undone', async () => {
    const { inside, id, preview } = await planned('move');
    await json(
      send('POST', '/db/batch_update_image_tag', {
        img_paths: [inside('fox-1.png')],
        action: 'add',
        tag_id: 1,
      }),
    );
    const byFile = (file: string) =>
      preview?.clusters.find((cluster) =>
        cluster.file_mappings.some((mapping) => mapping.src_path === inside(file)),
      )?.cluster_id ?? '';
    expect(
      await json(
        confirm(id, {
          folder_edits: [{ cluster_id: byFile('fox-1.png'), new_folder_name: 'Foxes: red' }],
          skip_cluster_ids: [byFile('sea-1.png')],
        }),
      ),
    ).toEqual({ ok: true, job_id: id });
    const done = await reached(id, 'done');
    expect(done.result).toEqual({
      moved_count: 4,
      created_folders: [inside('Foxes red'), inside('Unsorted')],
      errors: [],
      undo: null,
    });
    expect(done.progress_detail).toMatchObject({ moved_done: 4, moved_total: 4, errors: [] });
    expect(await filesIn(inside())).toEqual([
      'Foxes red/fox-1.png',
      'Foxes red/fox-1.txt',
      'Foxes red/fox-2.png',
      'Unsorted/plain.png',
      'Unsorted/robot.png',
      'sea-1.png',
      'sea-2.png',
    ]);
    const tags = (file: string) =>
      json<object>(send('POST', '/db/get_image_tags', { paths: [inside(file)] }));
    expect(Object.keys(await tags('Foxes red/fox-1.png'))).toEqual([inside('Foxes red/fox-1.png')]);
    expect(await detail(confirm(id))).toEqual([400, 'the job is not ready for a confirmation: it is done']);

    expect(await json(undo(id))).toEqual({ ok: true, job_id: id });
    expect((await reached(id, 'undone')).result?.undo).toEqual({ restored_count: 4, errors: [] });
    expect(await readdir(inside())).toEqual(everything);
    expect(Object.keys(await tags('fox-1.png'))).toEqual([inside('fox-1.png')]);
    expect(await detail(undo(id))).toEqual([400, 'there is nothing to undo']);
  });

  test('copies leave the originals', async () => {
    const { inside, id } = await planned('copy', { action: 'copy', handle_noise: 'leave' });
    await json(confirm(id));
    expect((await reached(id, 'done')).result?.moved_count).toBe(4);
    expect(await filesIn(inside())).toEqual(expect.arrayContaining(everything));
    expect(await filesIn(inside())).toHaveLength(everything.length + 5);
  });

  test('a folder name of the request that could climb out does not', async () => {
    const { inside, id, preview } = await planned('names', { noise_folder_name: '../../CON' });
    expect(preview?.noise.suggested_folder_name).toBe('_CON');
    await json(confirm(id));
    await reached(id, 'done');
    expect(await filesIn(inside())).toEqual(expect.arrayContaining(['_CON/plain.png', '_CON/robot.png']));
  });

  test('folders and destinations outside the library are refused', async () => {
    const outside = path.join(folder, 'private');
    const begin = (body: object) => send('POST', '/db/organize_files_start', body);
    const refused = (where: string) => [403, `${JSON.stringify(where)} is outside the allowed folders`];
    expect(await detail(begin({ folder_paths: [outside] }))).toEqual(refused(outside));
    expect(await detail(begin({ folder_paths: [at('')], dest_folder: outside }))).toEqual(refused(outside));
    const climbing = at('../private/new');
    expect(await detail(begin({ folder_paths: [at('')], dest_folder: climbing }))).toEqual(refused(climbing));
    expect((await begin({ folder_paths: [at('nowhere')] })).status).toBe(404);
    expect((await begin({ folder_paths: [at('notes.txt')] })).status).toBe(400);
  });

  test.each([
    [{}, 'folder_paths'],
    [{ folder_paths: [] }, 'folder_paths'],
    [{ folder_paths: ['/a'], action: 'delete' }, 'action'],
    [{ folder_paths: ['/a'], folder_naming: 'random' }, 'folder_naming'],
    [{ folder_paths: ['/a'], handle_noise: 'burn' }, 'handle_noise'],
    [{ folder_paths: ['/a'], threshold: 2 }, 'threshold'],
    [{ folder_paths: ['/a'], max_folder_name_length: 0 }, 'max_folder_name_length'],
  ])('%j is refused by the name of its field', async (body, field) => {
    const [code, issues] = await detail(send('POST', '/db/organize_files_start', body));
    expect(code).toBe(422);
    expect(issues).toEqual([expect.objectContaining({ loc: ['body', field] })]);
  });

  test('a job that is not known is 404, also one of another kind', async () => {
    const { jobs } = await json<{ jobs: { job_id: string }[] }>(get('/db/jobs', { kind: 'index' }));
    for (const id of ['nope', '../../record', jobs[0]?.job_id ?? '']) {
      for (const answer of [get('/db/organize_files_status', { job_id: id }), confirm(id), undo(id)]) {
        expect(await detail(answer)).toEqual([
          404,
          `there is no job ${JSON.stringify(id)} that organises files`,
        ]);
      }
    }
  });
});

overTransports(web, ({ transport, get, send, json }) => {
  interface WebStatus {
    readonly status: string;
    readonly progress: { readonly stage: string; readonly moved_total: number };
    readonly preview?: { readonly total_files: number };
    readonly result?: { readonly moved_count: number };
    readonly req: { readonly folder_paths: string[] };
  }

  describe('in the dialect of the front end', () => {
    test('a run waits as `preview_ready` and ends as `done`', async () => {
      const inside = await gallery(`${transport} web`);
      await web.library.update();
      const { job_id } = await json<{ job_id: string }>(
        send('POST', '/db/organize_files_start', { folder_paths: [inside()], threshold: 0.85 }),
      );
      const seen = new Set<string>();
      const status = async () => {
        const now = await json<WebStatus>(get('/db/organize_files_status', { job_id }));
        seen.add(now.status);
        return now;
      };
      const waiting = await until(status, (now) => now.status === 'preview_ready' || now.status === 'error');
      expect(waiting).toMatchObject({
        status: 'preview_ready',
        progress: { stage: 'preview_ready' },
        preview: { total_files: 6 },
        req: { folder_paths: [inside()] },
      });
      expect(waiting).not.toHaveProperty('result');
      expect(waiting).not.toHaveProperty('error');
      await json(send('POST', '/db/organize_files_confirm', { job_id }));
      const over = await until(status, (now) => now.status === 'done' || now.status === 'error');
      expect(over).toMatchObject({
        status: 'done',
        progress: { moved_total: 6 },
        result: { moved_count: 6 },
      });
      for (const name of seen) {
        expect(['queued', 'running', 'preview_ready', 'moving', 'done']).toContain(name);
      }
    });
  });
});
