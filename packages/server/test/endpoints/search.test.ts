import { mkdir, rm, stat } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { infotext, makeImage } from '../helpers/make-image.ts';
import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, at } = await madeService();

overTransports(service, ({ get, send, json, search }) => {
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
});
