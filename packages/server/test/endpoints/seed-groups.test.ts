import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { launchApp } from '@iib-kit/server';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { infotext, makeImage } from '../helpers/make-image.ts';
import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const { folder, remove } = await temporaryFolder();
const base = path.join(folder, 'base');

beforeAll(async () => {
  const runs = path.join(base, 'runs');
  await makeImage(path.join(runs, '2-101.png'), { text: infotext('a hen', 7) });
  for (const name of ['1-100.png', '3-102.WEBP', '4-102.png', '5-0000104.png', '6-9007199254740993.png']) {
    await makeImage(path.join(runs, name.toLowerCase()));
  }
  await makeImage(path.join(runs, '7-9007199254740992.png'));
  await makeImage(path.join(runs, 'named.png'), { text: infotext('a fox', 103) });
  await makeImage(path.join(runs, 'plain.png'));
  await makeImage(path.join(runs, 'deep/er/1-1.jpg'));
  await writeFile(path.join(runs, '8-105.txt'), 'not an image');
  await makeImage(path.join(folder, 'base-private/1-1.png'));
  await mkdir(path.join(base, 'empty'));
  await symlink(path.join(folder, 'base-private'), path.join(base, 'way-out'));
  await symlink(path.join(folder, 'base-private/1-1.png'), path.join(runs, '9-106.png'));
});

afterAll(() => remove());

const { service } = await madeService({ baseDir: base });

interface Groups {
  readonly groups: {
    readonly first_seed: string;
    readonly last_seed: string;
    readonly count: number;
    readonly images: { readonly name: string }[];
  }[];
  readonly without_seed: object[];
  readonly cursor: { readonly has_next: boolean; readonly next: string };
}

overTransports(service, ({ get, json, base: url }) => {
  test('/api/groups gives runs of consecutive seeds, by name or else by what made the image', async () => {
    const answer = await json<Groups>(get('/api/groups', { directory: 'runs' }));
    const image = (name: string, id: string | null, seed: string) => ({
      name,
      path: `runs/${name}`,
      id,
      seed,
    });
    expect(answer).toEqual({
      directory: 'runs',
      image_count: 9,
      groups: [
        {
          first_seed: '100',
          last_seed: '104',
          count: 6,
          images: [
            image('1-100.png', '1', '100'),
            image('2-101.png', '2', '101'),
            image('3-102.webp', '3', '102'),
            image('4-102.png', '4', '102'),
            image('named.png', null, '103'),
            image('5-0000104.png', '5', '104'),
          ],
        },
        {
          first_seed: '9007199254740992',
          last_seed: '9007199254740993',
          count: 2,
          images: [
            image('7-9007199254740992.png', '7', '9007199254740992'),
            image('6-9007199254740993.png', '6', '9007199254740993'),
          ],
        },
      ],
      without_seed: [{ name: 'plain.png', path: 'runs/plain.png' }],
      cursor: { has_next: false, next: '' },
    });
  });

  test('/api/groups comes in pages where asked to', async () => {
    const first = await json<Groups>(get('/api/groups', { directory: 'runs/', size: '1' }));
    expect([first.groups.length, first.without_seed.length, first.cursor]).toEqual([
      1,
      1,
      { has_next: true, next: '104' },
    ]);
    const rest = await json<Groups>(get('/api/groups', { directory: 'runs', size: '1', cursor: '104' }));
    expect([rest.groups.map((group) => group.count), rest.without_seed, rest.cursor.has_next]).toEqual([
      [2],
      [],
      false,
    ]);
    expect((await get('/api/groups', { directory: 'runs', cursor: 'x' })).status).toBe(400);
  });

  test('/api/images serves images by path, or by path and directory', async () => {
    for (const [route, query] of [
      ['/api/images/runs/deep/er/1-1.jpg', {}],
      ['/api/images/er/1-1.jpg', { directory: 'runs/deep' }],
      ['/api/images/runs%2Fdeep%2Fer%2F1-1.jpg', { directory: '' }],
    ] as const) {
      const response = await get(route, query);
      expect([route, response.status, response.headers.get('content-type')]).toEqual([
        route,
        200,
        'image/jpeg',
      ]);
      expect(new Uint8Array(await response.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0xff, 0xd8]));
    }
    const part = await get('/api/images/runs/named.png', {}, { headers: { range: 'bytes=1-3' } });
    expect([part.status, await part.text()]).toEqual([206, 'PNG']);
    expect((await get('/api/images/runs/8-105.txt')).status).toBe(400);
    expect((await get('/api/images/runs')).status).toBe(400);
    expect((await get('/api/images/runs/gone.png')).status).toBe(404);
  });

  test('/api/metadata tells prompt, negative prompt and settings', async () => {
    expect(await json(get('/api/metadata/2-101.png', { directory: 'runs' }))).toEqual({
      name: '2-101.png',
      path: 'runs/2-101.png',
      id: '2',
      seed: '101',
      prompt: 'a hen',
      negative_prompt: 'lowres, blurry',
      generation_params:
        'Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 7, Size: 64x48, Model: dreamshaper_8',
      generator: 'automatic1111',
      width: 64,
      height: 48,
    });
    expect(await json(get('/api/metadata/runs/plain.png'))).toMatchObject({
      id: null,
      seed: null,
      prompt: '',
    });
  });

  test('/api/directories lists directories with their images', async () => {
    expect(await json(get('/api/directories'))).toEqual({
      path: '',
      image_count: 0,
      counts: {},
      directories: [
        { name: 'empty', path: 'empty', image_count: 0, counts: {} },
        { name: 'runs', path: 'runs', image_count: 9, counts: { '.png': 8, '.webp': 1 } },
      ],
    });
    expect(await json(get('/api/directories', { path: 'runs/deep' }))).toMatchObject({
      path: 'runs/deep',
      directories: [{ name: 'er', path: 'runs/deep/er', image_count: 1, counts: { '.jpg': 1 } }],
    });
    expect((await get('/api/directories', { path: 'nowhere' })).status).toBe(404);
    expect((await get('/api/directories', { path: 'runs/plain.png' })).status).toBe(400);
  });

  test.each([
    ['/api/groups', { directory: '..' }],
    ['/api/groups', { directory: '../base-private' }],
    ['/api/groups', { directory: 'way-out' }],
    ['/api/groups', { directory: '/etc' }],
    ['/api/directories', { path: 'runs/../..' }],
    ['/api/directories', { path: 'way-out' }],
    ['/api/images/way-out/1-1.png', {}],
    ['/api/images/runs/9-106.png', {}],
    ['/api/images/..%2Fbase-private%2F1-1.png', {}],
    ['/api/images/1-1.png', { directory: '../base-private' }],
    ['/api/metadata/%2E%2E%2Fbase-private%2F1-1.png', {}],
  ])('%s with %j stays below the base directory', async (route, query) => {
    const response = await get(route, query);
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain(folder);
  });

  test('a path that is not percent-encoded is 400, and a slash is decoded once', async () => {
    expect((await fetch(`${url()}/api/images/%zz.png`)).status).toBe(400);
    expect((await fetch(`${url()}/api/images/runs%252Fnamed.png`)).status).toBe(404);
  });
});

test('without a base directory the grouping API says so', async () => {
  const app = await launchApp({
    port: 0,
    dbPath: path.join(folder, 'none.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  const response = await fetch(`${app.url}/api/directories`);
  expect([response.status, await response.json()]).toEqual([
    404,
    { detail: 'this server was started without a base directory (--base_dir)' },
  ]);
  await app.close();
});

test('a server of its own answers at the root too, and its base directory is a library folder', async () => {
  const app = await launchApp({
    port: 0,
    baseDir: base,
    secretKey: 'sesame',
    dbPath: path.join(folder, 'root.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  expect(app.service.library.folders()).toEqual([base]);
  const { origin } = new URL(app.url);
  const status = async (route: string, headers: Record<string, string> = {}) =>
    (await fetch(origin + route, { headers })).status;
  const key = { authorization: 'Bearer sesame' };
  expect(await status('/api/groups?directory=runs', key)).toBe(200);
  expect(await status('/api/images/runs/1-100.png', key)).toBe(200);
  expect(await status('/api/groups?directory=runs')).toBe(401);
  expect(await status('/hello', key)).toBe(404);
  await app.close();
});
