import { stat } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, folder, library, at } = await madeService();

overTransports(service, ({ get, json }) => {
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
});
