import { mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { openService, type IibService } from '@iib-kit/server';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { transports } from './helpers/transports.ts';

const { folder, remove } = await temporaryFolder();
const library = path.join(folder, 'library');
const at = (name: string) => path.join(library, name);
let service: IibService;

beforeAll(async () => {
  const texts: [string, string][] = [
    ['fox.png', infotext('a fox asleep in autumn leaves, 100% cosy', 11)],
    ['sub/lighthouse.jpg', infotext('a Lighthouse above the sea', 12)],
    ['sub/panda.webp', infotext('一只在竹林里的熊猫, ink_wash', 13)],
  ];
  for (const [position, [name, text]] of texts.entries()) {
    await makeImage(at(name), { text, modified: new Date(Date.UTC(2024, 0, 1, 0, 0, position)) });
  }
  await makeImage(at('plain.png'), { modified: new Date(Date.UTC(2023, 0, 1)) });
  await writeFile(at('notes.txt'), 'not an image');
  await makeImage(path.join(folder, 'private/secret.png'), { text: infotext('nobody may see this', 14) });
  await symlink(path.join(folder, 'private/secret.png'), at('way-out.png'));
  service = await openService({
    extraPaths: [library],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  });
  await service.library.update();
});

afterAll(async () => {
  await service.close();
  await remove();
});

describe.each(transports)('over $name', (transport) => {
  let base: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const { origin, close } = await transport.serve(service);
    base = `${origin}/infinite_image_browsing`;
    stop = close;
  });

  afterAll(() => stop());

  const get = (route: string, query: Record<string, string> = {}, init: RequestInit = {}) =>
    fetch(`${base}${route}?${new URLSearchParams(query).toString()}`, init);
  const send = (method: string, route: string, body?: unknown) =>
    fetch(base + route, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const json = async (answer: Promise<Response>): Promise<unknown> => {
    const response = await answer;
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    return response.json();
  };
  const search = async (body: object): Promise<string[]> => {
    const page = (await json(send('POST', '/db/search_by_substr', body))) as { files: { name: string }[] };
    return page.files.map((file) => file.name);
  };

  test('/hello says hello', async () => {
    expect(await json(get('/hello'))).toBe('hello');
  });

  test('HEAD is GET without the body', async () => {
    const response = await get('/hello', {}, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
      200,
      '7',
      '',
    ]);
  });

  test('/version names the server and its platform', async () => {
    expect(await json(get('/version'))).toEqual({
      name: '@iib-kit/server',
      tag: expect.stringMatching(/^\d+\.\d+\.\d+/),
      hash: null,
      platform: `${process.platform} ${process.arch}`,
      node_version: process.version,
    });
  });

  test('/files lists a folder, without links that lead out', async () => {
    const { files } = (await json(get('/files', { folder_path: library }))) as {
      files: { name: string }[];
    };
    const byName = Object.fromEntries(files.map((file) => [file.name, file]));
    expect(Object.keys(byName).sort()).toEqual(['fox.png', 'notes.txt', 'plain.png', 'sub']);
    const stats = await stat(at('fox.png'));
    expect(byName['fox.png']).toEqual({
      type: 'file',
      date: 1_704_067_200,
      created_time: expect.closeTo(stats.birthtimeMs / 1000, 3),
      size: expect.stringMatching(/^\d+\.\d\d B$/),
      bytes: stats.size,
      name: 'fox.png',
      fullpath: at('fox.png'),
      is_under_scanned_path: true,
    });
    expect(byName['sub']).toMatchObject({ type: 'dir', size: '-', bytes: 0 });
  });

  test('/files lists ancestors of the library, showing only the way to it', async () => {
    expect(await json(get('/files', { folder_path: folder }))).toMatchObject({
      files: [{ name: 'library', type: 'dir', is_under_scanned_path: true }],
    });
  });

  test('/files of a folder that is not there is empty, of a file is refused', async () => {
    expect(await json(get('/files', { folder_path: at('nowhere') }))).toEqual({ files: [] });
    const response = await get('/files', { folder_path: at('fox.png') });
    expect([response.status, await response.json()]).toEqual([
      400,
      { detail: `${JSON.stringify(at('fox.png'))} is not a folder` },
    ]);
  });

  test('/image-thumbnail is a WebP in the box, never enlarged, and answers 304', async () => {
    const query = { path: at('fox.png'), t: '1', size: '16x16' };
    const response = await get('/image-thumbnail', query);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(response.headers.get('cache-control')).toBe('private, max-age=31536000');
    const image = sharp(Buffer.from(await response.arrayBuffer()));
    expect(await image.metadata()).toMatchObject({ format: 'webp', width: 16, height: 12 });

    const etag = response.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const again = await get('/image-thumbnail', query, { headers: { 'if-none-match': `"x", ${etag}` } });
    expect([again.status, await again.text()]).toEqual([304, '']);

    const large = await get('/image-thumbnail', { ...query, size: '4096x4096' });
    expect(await sharp(Buffer.from(await large.arrayBuffer())).metadata()).toMatchObject({
      width: 64,
      height: 48,
    });
  });

  test('/image-thumbnail names a bad size and what is no image', async () => {
    const bad = await get('/image-thumbnail', { path: at('fox.png'), size: '0x5000' });
    expect([bad.status, await bad.json()]).toEqual([
      400,
      { detail: 'size must be WIDTHxHEIGHT, each 1 to 4096, not "0x5000"' },
    ]);
    expect((await get('/image-thumbnail', { path: at('notes.txt') })).status).toBe(400);
    expect((await get('/image-thumbnail', { path: at('gone.png') })).status).toBe(404);
  });

  test('/file is the bytes, in ranges and under conditions too', async () => {
    const whole = await get('/file', { path: at('fox.png') });
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(whole.headers.get('content-type')).toBe('image/png');
    expect(bytes).toHaveLength((await stat(at('fox.png'))).size);

    const part = await get('/file', { path: at('fox.png') }, { headers: { range: 'bytes=1-3' } });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      'PNG',
      `bytes 1-3/${bytes.length}`,
    ]);
    const clamped = await get('/file', { path: at('fox.png') }, { headers: { range: 'bytes=8-999999' } });
    expect([clamped.status, (await clamped.arrayBuffer()).byteLength]).toEqual([206, bytes.length - 8]);
    const suffix = await get('/file', { path: at('fox.png') }, { headers: { range: 'bytes=-4' } });
    expect(Buffer.from(await suffix.arrayBuffer())).toEqual(bytes.subarray(-4));
    const outside = await get('/file', { path: at('fox.png') }, { headers: { range: 'bytes=999999-' } });
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);

    const etag = whole.headers.get('etag') ?? '';
    const same = await get('/file', { path: at('fox.png') }, { headers: { 'if-none-match': etag } });
    expect([same.status, await same.text()]).toEqual([304, '']);
  });

  test('/file saves under the name that was asked for, whatever it holds', async () => {
    const response = await get('/file', { path: at('fox.png'), disposition: 'füchse "2"\r\nx: y.png' });
    expect(response.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''f%C3%BCchse%20%222%22%0D%0Ax%3A%20y.png",
    );
  });

  test('/file of a folder is refused, of nothing is 404', async () => {
    expect((await get('/file', { path: library })).status).toBe(400);
    expect((await get('/file', { path: at('gone.png') })).status).toBe(404);
  });

  test('/image_geninfo is the text as a JSON string, empty where there is none', async () => {
    expect(await json(get('/image_geninfo', { path: at('fox.png') }))).toMatch(
      /^a fox asleep in autumn leaves, 100% cosy\nNegative prompt: lowres, blurry\nSteps: 20, /,
    );
    expect(await json(get('/image_geninfo', { path: at('plain.png') }))).toBe('');
    expect(await json(get('/image_geninfo', { path: at('gone.png') }))).toBe('');
  });

  test('/image_geninfo_batch answers by path as sent', async () => {
    const spelled = `${library}/sub/../fox.png`;
    const texts = (await json(
      send('POST', '/image_geninfo_batch', { paths: [spelled, at('gone.png')] }),
    )) as Record<string, string>;
    expect(Object.keys(texts)).toEqual([spelled, at('gone.png')]);
    expect(texts[spelled]).toContain('autumn leaves');
    expect(texts[at('gone.png')]).toBe('');
  });

  test('/db/basic_info counts images and tags', async () => {
    const info = (await json(get('/db/basic_info'))) as {
      img_count: number;
      tags: { name: string; type: string; count: number }[];
    };
    expect(info.img_count).toBe(4);
    expect(info).toMatchObject({ expired: false, expired_dirs: [] });
    const find = (type: string, name: string) =>
      info.tags.find((tag) => tag.type === type && tag.name === name);
    expect(find('custom', 'like')).toMatchObject({ id: 1, count: 0, display_name: null });
    expect(find('Model', 'dreamshaper_8')).toMatchObject({ count: 3 });
    expect(find('pos', 'ink wash')).toMatchObject({ count: 1 });
  });

  test('/db/search_by_substr finds in text and path, newest first', async () => {
    expect(await search({ surstr: 'dreamshaper' })).toEqual(['panda.webp', 'lighthouse.jpg', 'fox.png']);
    expect(await search({ surstr: 'LIGHTHOUSE above' })).toEqual(['lighthouse.jpg']);
    expect(await search({ surstr: '竹林' })).toEqual(['panda.webp']);
    expect(await search({ surstr: 'fox.png' })).toEqual(['fox.png']);
    expect(await search({ surstr: 'autumn', path_only: true })).toEqual([]);
    expect(await search({})).toEqual(['panda.webp', 'lighthouse.jpg', 'fox.png', 'plain.png']);
  });

  test('% and _ mean themselves', async () => {
    expect(await search({ surstr: '100% cosy' })).toEqual(['fox.png']);
    expect(await search({ surstr: 'a%x' })).toEqual([]);
    expect(await search({ surstr: 'ink_wash' })).toEqual(['panda.webp']);
    expect(await search({ surstr: 'f_x' })).toEqual([]);
  });

  test('a search can be held to folders and media types', async () => {
    expect(await search({ folder_paths: [at('sub')] })).toEqual(['panda.webp', 'lighthouse.jpg']);
    expect(await search({ media_type: 'video' })).toEqual([]);
    expect((await send('POST', '/db/search_by_substr', { folder_paths: ['/etc'] })).status).toBe(403);
  });

  test('pages cover everything once', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 10; pages += 1) {
      const page = (await json(send('POST', '/db/search_by_substr', { cursor, size: 1 }))) as {
        files: { name: string }[];
        cursor: { has_next: boolean; next: string };
      };
      seen.push(...page.files.map((file) => file.name));
      if (!page.cursor.has_next) break;
      cursor = page.cursor.next;
    }
    expect(seen).toEqual(['panda.webp', 'lighthouse.jpg', 'fox.png', 'plain.png']);
  });

  test('what a search answers has the shape of the API reference', async () => {
    const page = (await json(send('POST', '/db/search_by_substr', { surstr: 'fox.png' }))) as {
      files: unknown[];
    };
    const stats = await stat(at('fox.png'));
    expect(page.files).toEqual([
      {
        type: 'file',
        id: expect.any(Number),
        date: 1_704_067_200,
        created_time: expect.closeTo(stats.birthtimeMs / 1000, 3),
        created_date: expect.closeTo(stats.birthtimeMs / 1000, 3),
        size: expect.stringMatching(/ B$/),
        bytes: stats.size,
        name: 'fox.png',
        fullpath: at('fox.png'),
        is_under_scanned_path: true,
      },
    ]);
  });

  test('custom tags are made, given, found, read and taken', async () => {
    const tag = (await json(send('POST', '/db/add_custom_tag', { tag_name: ` ${transport.name} ` }))) as {
      id: number;
    };
    expect(tag).toMatchObject({ name: transport.name, type: 'custom', color: '', count: 0 });
    expect(await json(send('POST', '/db/add_custom_tag', { tag_name: transport.name }))).toEqual(tag);

    const paths = [at('fox.png'), at('plain.png')];
    const change = (action: string) =>
      json(send('POST', '/db/batch_update_image_tag', { img_paths: paths, action, tag_id: String(tag.id) }));
    expect(await change('add')).toBeNull();
    expect(await change('add')).toBeNull();
    expect(
      await json(send('POST', '/db/get_image_tags', { paths: [at('fox.png'), at('sub/panda.webp')] })),
    ).toEqual({
      [at('fox.png')]: [{ ...tag, count: 2 }],
    });
    const matched = (await json(send('POST', '/db/match_images_by_tags', { and_tags: [tag.id] }))) as {
      files: { name: string }[];
    };
    expect(matched.files.map((file) => file.name)).toEqual(['fox.png', 'plain.png']);
    const without = (await json(send('POST', '/db/match_images_by_tags', { not_tags: [tag.id] }))) as {
      files: { name: string }[];
    };
    expect(without.files.map((file) => file.name)).toEqual(['panda.webp', 'lighthouse.jpg']);

    expect(await change('remove')).toBeNull();
    expect(await json(send('POST', '/db/get_image_tags', { paths }))).toEqual({});
  });

  test('a tag that is not there and an image that is not indexed are named, and nothing is done', async () => {
    const unknownTag = { img_paths: [at('fox.png')], action: 'add', tag_id: 987_654 };
    expect((await send('POST', '/db/batch_update_image_tag', unknownTag)).status).toBe(404);
    const notIndexed = { img_paths: [at('fox.png'), at('gone.png')], action: 'add', tag_id: 1 };
    const response = await send('POST', '/db/batch_update_image_tag', notIndexed);
    expect(response.status).toBe(404);
    expect(JSON.stringify(await response.json())).toContain('gone.png');
    expect(await json(send('POST', '/db/get_image_tags', { paths: [at('fox.png')] }))).toEqual({});
  });

  test('extra paths are added, listed and removed; DELETE has a body', async () => {
    const extra = at('sub');
    expect(await json(send('POST', '/db/extra_paths', { path: extra, types: ['scan', 'walk'] }))).toBeNull();
    expect(await json(get('/db/extra_paths'))).toEqual([
      { path: extra, types: ['scanned', 'walk'], alias: '' },
    ]);
    expect(await json(send('DELETE', '/db/extra_paths', { path: extra, types: ['scanned'] }))).toBeNull();
    expect(await json(get('/db/extra_paths'))).toEqual([{ path: extra, types: ['walk'], alias: '' }]);
    expect(await json(send('DELETE', '/db/extra_paths', { path: extra, types: ['walk'] }))).toBeNull();
    expect(await json(get('/db/extra_paths'))).toEqual([]);
  });

  test('extra paths outside the allowed folders, absent ones and files are refused', async () => {
    const add = async (target: string) =>
      (await send('POST', '/db/extra_paths', { path: target, types: ['scanned'] })).status;
    expect([
      await add(path.join(folder, 'private')),
      await add(at('nowhere')),
      await add(at('fox.png')),
    ]).toEqual([403, 404, 400]);
  });

  test('/db/update_image_data takes no body, and finds what is new and what is gone', async () => {
    await mkdir(at('new'), { recursive: true });
    await makeImage(at('new/owl.png'), { text: infotext('an owl at noon', 15) });
    expect(await json(send('POST', '/db/update_image_data'))).toBeNull();
    expect(await search({ surstr: 'owl at noon' })).toEqual(['owl.png']);
    await rm(at('new'), { recursive: true });
    expect(await json(send('POST', '/db/update_image_data', {}))).toBeNull();
    expect(await search({ surstr: 'owl at noon' })).toEqual([]);
  });

  test('a path that the API does not know is 404, a wrong method 405', async () => {
    expect((await get('/nope')).status).toBe(404);
    const response = await send('POST', '/hello');
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
  });

  test('the page, its assets and the documents are there, under a strict policy', async () => {
    const page = await get('');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('<base href="/infinite_image_browsing/"');
    for (const [, asset] of html.matchAll(/(?:src|href)="(page\/[^"]+)"/g)) {
      expect((await get(`/${asset}`)).status).toBe(200);
    }
    expect(await (await get('/docs')).text()).toContain('POST /db/search_by_substr');
    expect(await json(get('/openapi.json'))).toMatchObject({ openapi: '3.1.0' });
  });

  test.each([
    ['nothing outside by its path', '/file', 'private/secret.png'],
    ['nothing outside by climbing', '/file', 'library/../private/secret.png'],
    ['nothing outside by a link', '/file', 'library/way-out.png'],
    ['no thumbnail from outside', '/image-thumbnail', 'library/way-out.png'],
    ['no text from outside', '/image_geninfo', 'private/secret.png'],
  ])('%s', async (_, route, target) => {
    const response = await get(route, { path: `${folder}/${target}` });
    expect([response.status, await response.json()]).toEqual([
      403,
      { detail: `${JSON.stringify(`${folder}/${target}`)} is outside the allowed folders` },
    ]);
  });
});
