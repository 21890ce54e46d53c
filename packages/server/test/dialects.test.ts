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
