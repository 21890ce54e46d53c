import { stat, utimes } from 'node:fs/promises';

import { openService, type IibOptions } from '@iib-kit/server';
import { expect, test } from 'vitest';

import { madeService } from './helpers/made-service.ts';
import { overTransports } from './helpers/over-transports.ts';

const { service, library, at } = await madeService({ dialect: 'iib-web', timeZone: 'Asia/Shanghai' });
await utimes(at('sub'), 1_704_067_200, 1_704_067_200);
const { size } = await stat(at('fox.png'));
const foxSize = `${size.toFixed(2)} B`;
const date = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

overTransports(service, ({ get, send, json }) => {
  test('a listed file has dates as text in the time zone that was asked for', async () => {
    const { files } = await json<{ files: { name: string }[] }>(get('/files', { folder_path: library }));
    expect(files.find((file) => file.name === 'fox.png')).toEqual({
      type: 'file',
      date: '2024-01-01 08:00:00',
      size: foxSize,
      name: 'fox.png',
      bytes: size,
      created_time: date,
      fullpath: at('fox.png'),
      is_under_scanned_path: true,
    });
  });

  test('a listed folder has no bytes', async () => {
    const { files } = await json<{ files: { name: string }[] }>(get('/files', { folder_path: library }));
    expect(files.find((file) => file.name === 'sub')).toEqual({
      type: 'dir',
      date: '2024-01-01 08:00:00',
      created_time: date,
      size: '-',
      name: 'sub',
      is_under_scanned_path: true,
      fullpath: at('sub'),
    });
  });

  test('/batch_get_files_info gives the objects of /files', async () => {
    const { files } = await json<{ files: { fullpath: string }[] }>(get('/files', { folder_path: library }));
    const paths = files.map((file) => file.fullpath);
    expect(await json(send('POST', '/batch_get_files_info', { paths }))).toEqual(
      Object.fromEntries(files.map((file) => [file.fullpath, file])),
    );
  });

  test('a cover has no size', async () => {
    const covers = await json<Record<string, unknown[]>>(
      send('POST', '/batch_top_4_media_info', { paths: [at('sub')] }),
    );
    expect(covers[at('sub')]).toContainEqual({
      fullpath: at('sub/panda.webp'),
      media_type: 'image',
      type: 'file',
      date: '2024-01-01 08:00:02',
      created_time: date,
      name: 'panda.webp',
    });
  });

  test('random images are indexed ones', async () => {
    const images = await json<{ name: string }[]>(get('/db/random_images'));
    expect(images.find((image) => image.name === 'fox.png')).toMatchObject({
      created_date: '2024-01-01 08:00:00',
    });
  });

  test('the layout of a search leads to its images', async () => {
    const { blocks } = await json<{ blocks: { count: number; cursor: string }[] }>(
      send('POST', '/db/search_layout', { query: 'panda' }),
    );
    expect(blocks).toEqual([
      {
        date: expect.stringMatching(/^20(23-12-31|24-01-01)$/),
        count: 1,
        cursor: expect.stringMatching(/^newest\.0\.\d+\.\d+$/),
      },
    ]);
    const body = { query: 'panda', size: 1, cursor: blocks[0]?.cursor };
    expect(await json(send('POST', '/db/search', body))).toMatchObject({ files: [{ name: 'panda.webp' }] });
  });

  test('what is wrong with a request is one text', async () => {
    const refused = await send('POST', '/db/search_by_substr', { size: 'many', and_tags: [0] });
    const { detail } = (await refused.json()) as { detail: unknown };
    expect(refused.status).toBe(422);
    expect(detail).toMatch(/^size: .+; and_tags\.0: .+$/);
  });

  test('a tag is taken with 1 and given with 0', async () => {
    const toggle = () =>
      json(send('POST', '/db/toggle_custom_tag_to_img', { img_path: at('fox.png'), tag_id: 1 }));
    expect([await toggle(), await toggle()]).toEqual([{ is_remove: 0 }, { is_remove: 1 }]);
  });

  test('a job that is completed is done, and its progress an object', async () => {
    await json(send('POST', '/db/update_image_data'));
    const { jobs } = await json<{ jobs: object[] }>(get('/db/jobs'));
    expect(jobs[0]).toMatchObject({ status: 'done', progress: { reread: false } });
    expect(jobs[0]).not.toHaveProperty('progress_detail');
  });

  test.each(['/db/search_by_substr', '/db/match_images_by_tags'])(
    'what %s finds says when it was modified, twice',
    async (route) => {
      const page = await json<{ files: { name: string }[] }>(send('POST', route, {}));
      expect(page.files.find((file) => file.name === 'fox.png')).toEqual({
        type: 'file',
        id: expect.any(Number),
        date: '2024-01-01 08:00:00',
        created_date: '2024-01-01 08:00:00',
        size: foxSize,
        is_under_scanned_path: true,
        bytes: size,
        name: 'fox.png',
        fullpath: at('fox.png'),
      });
    },
  );
});

test.each([
  [{ dialect: 'iib' }, 'option dialect must be one of reference, iib-web, not "iib"'],
  [{ timeZone: 'Mars/Olympus' }, 'option timeZone must name a time zone, not "Mars/Olympus"'],
  [{ timeZone: 7 }, 'option timeZone must name a time zone, not 7'],
])('%j is refused by name', async (options, message) => {
  await expect(openService(options as IibOptions)).rejects.toThrow(message);
});
