import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

import { expect, test } from 'vitest';

import { infotext, makeImage } from '../helpers/make-image.ts';
import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, at } = await madeService();

overTransports(service, ({ base, get, send, json, search }) => {
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

  test('/db/update_image_data takes no body, and finds what is new and what is gone', async () => {
    await mkdir(at('new'), { recursive: true });
    await makeImage(at('new/owl.png'), { text: infotext('an owl at noon', 15) });
    expect(await json(send('POST', '/db/update_image_data'))).toBeNull();
    expect(await search({ surstr: 'owl at noon' })).toEqual(['owl.png']);
    await rm(at('new'), { recursive: true });
    expect(await json(send('POST', '/db/update_image_data', {}))).toBeNull();
    expect(await search({ surstr: 'owl at noon' })).toEqual([]);
  });

  test('size 0 only tells whether there is anything, -1 gives all, null is the default', async () => {
    const page = (body: object) =>
      json<{ files: unknown[]; cursor: object }>(send('POST', '/db/search_by_substr', body));
    expect(await page({ size: 0 })).toMatchObject({ files: [], cursor: { has_next: true, next: '' } });
    expect(await page({ size: 0, surstr: 'nothing like it' })).toMatchObject({ cursor: { has_next: false } });
    expect((await page({ size: -1 })).files).toHaveLength(4);
    expect((await page({ size: null, cursor: null, regexp: null, folder_paths: null })).files).toHaveLength(
      4,
    );
    expect((await page({ size: '2' })).files).toHaveLength(2);
    expect((await send('POST', '/db/search_by_substr', { size: 10_001 })).status).toBe(422);
  });

  test('a regular expression is looked for in text, path and name, and goes before the text', async () => {
    expect(await search({ regexp: '^fox', surstr: 'lighthouse' })).toEqual(['fox.png']);
    expect(await search({ regexp: '^A LIGHT.*\nNegative' })).toEqual(['lighthouse.jpg']);
    expect(await search({ regexp: '/sub/[^/]+$', path_only: true })).toEqual([
      'panda.webp',
      'lighthouse.jpg',
    ]);
    expect(await search({ regexp: 'autumn', path_only: true })).toEqual([]);
    const broken = await send('POST', '/db/search_by_substr', { regexp: '(' });
    expect([broken.status, JSON.stringify(await broken.json())]).toEqual([
      400,
      expect.stringContaining('Unterminated group'),
    ]);
  });

  test('cursors of IIB go on where they point, others are refused', async () => {
    const local = (seconds: number) => {
      const date = new Date(Date.UTC(2024, 0, 1, 0, 0, seconds));
      const two = (part: number) => String(part).padStart(2, '0');
      return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
    };
    expect(await search({ cursor: local(2) })).toEqual(['lighthouse.jpg', 'fox.png', 'plain.png']);
    const [{ id } = { id: 0 }] = (
      await json<{ files: { id: number }[] }>(
        send('POST', '/db/search_by_substr', { surstr: 'lighthouse.jpg' }),
      )
    ).files;
    expect(await search({ cursor: `${local(1)}|${id}` })).toEqual(['fox.png', 'plain.png']);
    const refused = await send('POST', '/db/search_by_substr', { cursor: 'rubbish' });
    expect([refused.status, await refused.json()]).toEqual([400, { detail: 'Not a cursor: rubbish' }]);
  });

  test('folders that are not there are passed over, relative ones count from the working folder', async () => {
    expect(await search({ folder_paths: [at('sub'), at('nowhere'), at('fox.png')] })).toEqual([
      'panda.webp',
      'lighthouse.jpg',
    ]);
    expect(await json(send('POST', '/db/search_by_substr', { folder_paths: [at('nowhere')] }))).toEqual({
      files: [],
      cursor: { has_next: false, next: '' },
      unavailable: [],
    });
    expect(await search({ folder_paths: [path.relative(process.cwd(), at('sub'))] })).toEqual([
      'panda.webp',
      'lighthouse.jpg',
    ]);
    expect(await search({ folder_paths: [at('su')] })).toEqual([]);
  });

  test('tags combine: all of and, any of or, none of not; a repeated one counts once', async () => {
    const { tags } = await json<{ tags: { id: number; name: string }[] }>(get('/db/basic_info'));
    const id = (name: string) => tags.find((tag) => tag.name === name)?.id ?? 0;
    const match = async (body: object) =>
      (await json<{ files: { name: string }[] }>(send('POST', '/db/match_images_by_tags', body))).files.map(
        (file) => file.name,
      );
    const model = id('dreamshaper_8');
    expect(await match({ and_tags: [model, String(model)] })).toEqual([
      'panda.webp',
      'lighthouse.jpg',
      'fox.png',
    ]);
    expect(await match({ or_tags: [id('ink wash'), id('a fox asleep in autumn leaves')] })).toEqual([
      'panda.webp',
      'fox.png',
    ]);
    expect(await match({ and_tags: [model], or_tags: [id('ink wash')], not_tags: [id('ink wash')] })).toEqual(
      [],
    );
    expect(await match({ and_tags: [model], not_tags: [id('ink wash')] })).toEqual([
      'lighthouse.jpg',
      'fox.png',
    ]);
    expect(await match({ and_tags: [987_654] })).toEqual([]);
    expect((await send('POST', '/db/match_images_by_tags', { and_tags: [0] })).status).toBe(422);
  });

  test('a random order shows each image once, over all pages', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await json<{
        files: { name: string }[];
        cursor: { has_next: boolean; next: string };
      }>(send('POST', '/db/match_images_by_tags', { random_sort: true, size: 1, cursor }));
      seen.push(...page.files.map((file) => file.name));
      cursor = page.cursor.next;
    } while (cursor !== '' && seen.length < 10);
    expect(seen.sort()).toEqual(['fox.png', 'lighthouse.jpg', 'panda.webp', 'plain.png']);
  });

  test('/db/random_images gives each image once', async () => {
    const images = await json<{ name: string; id: number }[]>(get('/db/random_images'));
    expect(images.map((image) => image.name).sort()).toEqual([
      'fox.png',
      'lighthouse.jpg',
      'panda.webp',
      'plain.png',
    ]);
    expect(images.find((image) => image.name === 'plain.png')).toMatchObject({
      type: 'file',
      date: 1_672_531_200,
      is_under_scanned_path: true,
    });
  });

  test('/db/search understands words, fields, brackets and orders', async () => {
    const find = async (query: string, more: object = {}) =>
      (await json<{ files: { name: string }[] }>(send('POST', '/db/search', { query, ...more }))).files.map(
        (file) => file.name,
      );
    expect(await find('dreamshaper -sea')).toEqual(['panda.webp', 'fox.png']);
    expect(await find('(name:fox OR seed=13) steps:10..30')).toEqual(['panda.webp', 'fox.png']);
    expect(await find('', { sort: 'oldest' })).toEqual([
      'plain.png',
      'fox.png',
      'lighthouse.jpg',
      'panda.webp',
    ]);
    expect(await find('', { sort: 'name', size: 2 })).toEqual(['fox.png', 'lighthouse.jpg']);
    expect(await find('model:dreamshaper', { folder_paths: [at('sub')] })).toEqual([
      'panda.webp',
      'lighthouse.jpg',
    ]);
  });

  test('/db/search_layout divides a search into blocks that /db/search gives in any order', async () => {
    interface Layout {
      readonly count: number;
      readonly blocks: { date: string | null; count: number; cursor: string }[];
    }
    const request = { folder_paths: [at('')], sort: 'oldest' };
    const { blocks, ...rest } = await json<Layout>(send('POST', '/db/search_layout', request));
    expect(rest).toEqual({ count: 4, unavailable: [] });
    expect(blocks).toEqual([
      { date: expect.stringMatching(/^202[23]-\d\d-\d\d$/), count: 1, cursor: expect.any(String) },
      { date: expect.stringMatching(/^20(23-12-31|24-01-01)$/), count: 3, cursor: expect.any(String) },
    ]);
    const pages: string[][] = [];
    for (const { count, cursor } of blocks.toReversed()) {
      const body = { ...request, size: count, cursor };
      const page = await json<{ files: { name: string }[] }>(send('POST', '/db/search', body));
      pages.unshift(page.files.map((file) => file.name));
    }
    expect(pages).toEqual([['plain.png'], ['fox.png', 'lighthouse.jpg', 'panda.webp']]);

    const named = { query: 'dreamshaper', sort: 'name', folder_paths: [at('sub')] };
    expect(await json(send('POST', '/db/search_layout', named))).toMatchObject({
      count: 2,
      blocks: [{ date: null, count: 2 }],
    });
    expect(await json(send('POST', '/db/search_layout', { folder_paths: [at('nowhere')] }))).toEqual({
      count: 0,
      blocks: [],
      unavailable: [],
    });
    expect((await send('POST', '/db/search_layout', { folder_paths: ['/etc'] })).status).toBe(403);
    expect((await send('POST', '/db/search_layout', { block_size: 49 })).status).toBe(422);
  });

  test('/db/complete tells what a value that is typed may become', async () => {
    const complete = (field: string, prefix?: string, more: object = {}) =>
      json(send('POST', '/db/complete', { field, ...(prefix !== undefined && { prefix }), ...more }));
    expect(await complete('model', 'DREAM')).toEqual([{ value: 'dreamshaper_8', count: 3 }]);
    expect(await complete('sampler')).toEqual([{ value: 'Euler a', count: 3 }]);
    expect(await complete('tag', 'ink')).toEqual([{ value: 'ink wash', count: 1 }]);
    expect(await complete('tag', 'nothing like it')).toEqual([]);
    expect(await complete('generator', '', { limit: 1 })).toEqual([{ value: 'automatic1111', count: 3 }]);
    expect(await complete('folder', 'SU')).toContainEqual({ value: at('sub'), count: 2 });
    const folders = (await complete('folder')) as { value: string; count: number }[];
    expect(folders).toEqual([
      { value: path.resolve(at('')), count: 4 },
      { value: at('sub'), count: 2 },
    ]);
    expect((await send('POST', '/db/complete', { field: 'colour' })).status).toBe(422);
  });

  test('/db/search_layout is compressed for clients that take it', async () => {
    const layout = async (encoding: string) => {
      const headers = { 'content-type': 'application/json', 'accept-encoding': encoding };
      const response = await fetch(`${base()}/db/search_layout`, { method: 'POST', headers, body: '{}' });
      return [response.headers.get('content-encoding'), await response.json()];
    };
    expect(await layout('gzip')).toEqual(['gzip', expect.objectContaining({ count: 4 })]);
    expect(await layout('identity')).toEqual([null, expect.objectContaining({ count: 4 })]);
  });

  test('a query that cannot be understood says where', async () => {
    for (const [route, body] of [
      ['/db/search', { query: 'fox ("sea' }],
      ['/db/search_layout', { query: 'fox ("sea' }],
      ['/db/saved_searches', { name: 'x', query: 'fox ("sea' }],
    ] as const) {
      const response = await send('POST', route, body);
      expect([response.status, await response.json()]).toEqual([
        400,
        { detail: [{ loc: ['body', 'query', 5], msg: 'A quote is not closed', type: 'invalid_query' }] },
      ]);
    }
  });

  test('searches are kept, replaced, listed and forgotten by name', async () => {
    const query = { name: ' foxes ', query: 'fox rating>=4', folder_paths: [at('sub')], sort: 'rating' };
    expect(await json(send('POST', '/db/saved_searches', { name: 'foxes', query: 'old' }))).toBeNull();
    expect(await json(send('POST', '/db/saved_searches', query))).toBeNull();
    expect(await json(get('/db/saved_searches'))).toEqual([{ ...query, name: 'foxes' }]);
    expect((await send('POST', '/db/saved_searches', { ...query, folder_paths: ['/etc'] })).status).toBe(403);
    expect(await json(send('DELETE', '/db/saved_searches', { name: 'foxes' }))).toBeNull();
    expect(await json(get('/db/saved_searches'))).toEqual([]);
  });

  test('images that look alike are found once the library is hashed', async () => {
    const { job_id } = await json<{ job_id: string }>(send('POST', '/db/hash_images'));
    const job = () => json<{ status: string; result: unknown }>(get('/db/jobs/status', { job_id }));
    await expect.poll(async () => (await job()).status).toBe('completed');
    const near = await json<{ name: string; distance: number }[]>(
      send('POST', '/db/near_duplicates', { path: at('fox.png'), distance: '4' }),
    );
    expect(near.map((image) => image.name).sort()).toEqual(['lighthouse.jpg', 'panda.webp', 'plain.png']);
    expect(near.find((image) => image.name === 'plain.png')).toMatchObject({ type: 'file', distance: 0 });
    expect((await send('POST', '/db/near_duplicates', { path: at('notes.txt') })).status).toBe(400);
  });

  test('/db/folder_covers gives the newest images of folders at any depth', async () => {
    const covers = await json<Record<string, { name: string }[]>>(
      send('POST', '/db/folder_covers', { paths: [`${at('sub')}/../`, at('sub'), at('none')], count: 3 }),
    );
    expect(
      Object.entries(covers).map(([folder, images]) => [folder, images.map((image) => image.name)]),
    ).toEqual([
      [`${at('sub')}/../`, ['panda.webp', 'lighthouse.jpg', 'fox.png']],
      [at('sub'), ['panda.webp', 'lighthouse.jpg']],
    ]);
  });

  test('/db/expired_dirs names folders that changed, until the index is brought up to date', async () => {
    expect(await json(get('/db/expired_dirs'))).toEqual({
      expired: false,
      expired_dirs: [],
      unavailable: [],
    });
    await makeImage(at('sub/late.png'));
    expect(await json(get('/db/expired_dirs'))).toEqual({
      expired: true,
      expired_dirs: [at('sub')],
      unavailable: [],
    });
    await rm(at('sub/late.png'));
    await json(send('POST', '/db/update_image_data'));
    expect(await json(get('/db/expired_dirs'))).toMatchObject({ expired: false });
  });

  test('/db/rebuild_index reads everything again and keeps what the owner gave', async () => {
    const paths = [at('fox.png')];
    await json(send('POST', '/db/batch_update_image_tag', { img_paths: paths, action: 'add', tag_id: 1 }));
    expect(await json(send('POST', '/db/rebuild_index'))).toBeNull();
    const tags = await json<Record<string, object[]>>(send('POST', '/db/get_image_tags', { paths }));
    expect(tags[at('fox.png')]).toMatchObject([{ id: 1, name: 'like', count: 1 }]);
    expect(await search({ surstr: 'dreamshaper' })).toEqual(['panda.webp', 'lighthouse.jpg', 'fox.png']);
    await json(send('POST', '/db/batch_update_image_tag', { img_paths: paths, action: 'remove', tag_id: 1 }));
  });

  test('statistics count by time and by what made the images', async () => {
    const trend = await json<Record<string, unknown>>(get('/db/stats/trend'));
    const year = new Date(Date.UTC(2023, 0, 1)).getFullYear();
    expect(trend).toEqual({
      total_images: 4,
      total_disk_usage: expect.any(Number),
      daily_contributions: [
        { date: expect.stringMatching(new RegExp(`^${year}-\\d\\d-\\d\\d$`)), count: 1 },
        { date: expect.stringMatching(/^20(23-12-31|24-01-01)$/), count: 3 },
      ],
      monthly_trends: [
        { month: expect.stringMatching(new RegExp(`^${year}-\\d\\d$`)), count: 1 },
        { month: expect.stringMatching(/^20(23-12|24-01)$/), count: 3 },
      ],
      top_models: [{ name: 'dreamshaper_8', count: 3 }],
      top_samplers: [{ name: 'Euler a', count: 3 }],
      top_lora: [],
      top_source: expect.any(Array),
    });
    const statistics = await json<Record<string, unknown>>(get('/db/statistics'));
    expect(statistics).toMatchObject({
      image_count: 4,
      bytes: trend['total_disk_usage'],
      size: expect.stringMatching(/^\d+\.\d\d KB$/),
      models: trend['top_models'],
      custom_tags: expect.arrayContaining([{ name: 'like', count: 0 }]),
    });
    let bytes = 0;
    for (const name of ['fox.png', 'plain.png', 'sub/lighthouse.jpg', 'sub/panda.webp']) {
      bytes += (await stat(at(name))).size;
    }
    expect(statistics['bytes']).toBe(bytes);
    expect(statistics['media_types']).toEqual([{ name: 'image', count: 4, bytes }]);
    const inSub = (await stat(at('sub/lighthouse.jpg'))).size + (await stat(at('sub/panda.webp'))).size;
    const folders = [
      { name: at('sub'), count: 2, bytes: inSub },
      { name: path.dirname(at('fox.png')), count: 2, bytes: bytes - inSub },
    ];
    expect(statistics['folders']).toEqual(folders.toSorted((a, b) => b.bytes - a.bytes));
  });
});
