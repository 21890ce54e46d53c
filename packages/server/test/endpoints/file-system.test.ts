import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { CoverInfo, FileInfo } from '@iib-kit/contract';
import { beforeAll, expect, test } from 'vitest';

import { madeService } from '../helpers/made-service.ts';
import { overTransports } from '../helpers/over-transports.ts';

const { service, folder, library, at } = await madeService();

beforeAll(async () => {
  await writeFile(path.join(folder, 'private/plain.txt'), 'private');
  await symlink(path.join(folder, 'private'), at('way-out'));
  await symlink('sub', at('way-in'));
  await symlink(folder, at('up'));
});

overTransports(service, ({ transport, get, send, json }) => {
  const listing = async (sent: string) =>
    (await json<{ files: FileInfo[] }>(get('/files', { folder_path: sent }))).files;
  /** A folder that only this transport uses. */
  const fresh = async (name: string) => {
    const made = at(`${transport} ${name}`);
    await mkdir(made);
    return made;
  };
  const refusal = async (answer: Promise<Response>) => {
    const response = await answer;
    const { detail } = (await response.json()) as { detail: unknown };
    return [response.status, detail];
  };

  test('/files lists a folder, without links that lead out', async () => {
    const files = await listing(at('sub'));
    expect(files.map((file) => file.name).sort()).toEqual(['lighthouse.jpg', 'panda.webp']);
    const byName = Object.fromEntries((await listing(library)).map((file) => [file.name, file]));
    expect(Object.keys(byName)).not.toContain('way-out');
    expect(Object.keys(byName)).not.toContain('way-out.png');
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
    expect(byName['way-in']).toMatchObject({ type: 'dir', fullpath: at('way-in') });
  });

  test('/files lists ancestors of the library, showing only the way to it', async () => {
    expect(await listing(folder)).toMatchObject([
      { name: 'library', type: 'dir', is_under_scanned_path: true },
    ]);
  });

  test('/files lists no folder outside, by no link', async () => {
    for (const outside of ['private', 'library/way-out', 'library/../private', 'library-evil']) {
      expect((await get('/files', { folder_path: path.join(folder, outside) })).status).toBe(403);
    }
    expect((await listing(at('up'))).map((file) => file.name)).toEqual(['library']);
  });

  test('/files of a folder that is not there is empty, of a file is refused', async () => {
    expect(await listing(at('nowhere'))).toEqual([]);
    expect(await refusal(get('/files', { folder_path: at('fox.png') }))).toEqual([
      400,
      `${JSON.stringify(at('fox.png'))} is not a folder`,
    ]);
  });

  test('/files lists every entry of a folder that is sent in several parts', async () => {
    const made = await fresh('many');
    const names = Array.from({ length: 2500 }, (_, number) => `${number}.txt`);
    await Promise.all(names.map((name) => writeFile(path.join(made, name), 'x')));
    const files = await listing(made);
    expect(files.map((file) => file.name).sort()).toEqual(names.sort());
    expect(files.every((file) => file.bytes === 1 && file.size === '1.00 B')).toBe(true);
  });

  test('/batch_get_files_info gives the objects of /files, and leaves out what is missing', async () => {
    const listed = await listing(library);
    const paths = listed.map((file) => file.fullpath);
    const infos = await json(send('POST', '/batch_get_files_info', { paths: [...paths, at('missing.png')] }));
    expect(infos).toEqual(Object.fromEntries(listed.map((file) => [file.fullpath, file])));
    expect(await json(send('POST', '/batch_get_files_info', { paths: [folder, library] }))).toMatchObject({
      [folder]: { type: 'dir', is_under_scanned_path: false },
      [library]: { type: 'dir', is_under_scanned_path: true },
    });
  });

  test('/batch_get_files_info keys its answer by the path as sent', async () => {
    const sent = `${at('sub')}/../fox.png`;
    expect(await json(send('POST', '/batch_get_files_info', { paths: [sent] }))).toMatchObject({
      [sent]: { name: 'fox.png', fullpath: at('fox.png') },
    });
  });

  test.each(['private/secret.png', 'library/way-out.png', 'library/way-out/plain.txt', 'library-evil'])(
    '/batch_get_files_info refuses %s, which lies outside',
    async (outside) => {
      const [status] = await refusal(
        send('POST', '/batch_get_files_info', { paths: [path.join(folder, outside)] }),
      );
      expect(status).toBe(403);
    },
  );

  test('/check_path_exists says which paths are there for the caller, and never fails', async () => {
    const paths = [
      at('fox.png'),
      library,
      folder,
      at('missing'),
      at('way-out.png'),
      '',
      'a\0b',
      at('fox.png/x'),
    ];
    expect(await json(send('POST', '/check_path_exists', { paths }))).toEqual({
      [at('fox.png')]: true,
      [library]: true,
      [folder]: true,
      [at('missing')]: false,
      [at('way-out.png')]: false,
      '': false,
      'a\0b': false,
      [at('fox.png/x')]: false,
    });
  });

  test('/batch_top_4_media_info gives the four newest images and videos of a folder', async () => {
    const made = await fresh('covers');
    for (const name of ['1.png', '2.png', 'notes.txt', '3.mp4', 'song.mp3', '4.jpg', '5.webp']) {
      await writeFile(path.join(made, name), name);
      // The next file is created at a later moment.
      await new Promise((resolve) => setTimeout(resolve, 12));
    }
    await mkdir(path.join(made, 'inner.png'));
    const missing = at('missing');
    const covers = await json<Record<string, CoverInfo[]>>(
      send('POST', '/batch_top_4_media_info', { paths: [made, missing, at('fox.png')] }),
    );
    expect(covers[made]?.map((cover) => [cover.name, cover.media_type])).toEqual([
      ['5.webp', 'image'],
      ['4.jpg', 'image'],
      ['3.mp4', 'video'],
      ['2.png', 'image'],
    ]);
    expect(covers[made]?.[0]).toMatchObject({ fullpath: path.join(made, '5.webp'), type: 'file', bytes: 6 });
    expect([covers[missing], covers[at('fox.png')]]).toEqual([[], []]);
  });

  test('/batch_top_4_media_info sees what was added, also to a folder that it remembers', async () => {
    const made = await fresh('changing covers');
    await writeFile(path.join(made, 'old.png'), '');
    await utimes(made, 1_700_000_000, 1_700_000_000);
    const names = async () => {
      const covers = await json<Record<string, CoverInfo[]>>(
        send('POST', '/batch_top_4_media_info', { paths: [made] }),
      );
      return covers[made]?.map((cover) => cover.name);
    };
    expect([await names(), await names()]).toEqual([['old.png'], ['old.png']]);
    await writeFile(path.join(made, 'new.png'), '');
    expect(await names()).toEqual(['new.png', 'old.png']);
  });

  test('/mkdirs makes a folder with its parents, and is content with one that is there', async () => {
    const made = at(`${transport} a/b/c`);
    expect(await json(send('POST', '/mkdirs', { dest_folder: made }))).toBe(null);
    expect(await json(send('POST', '/mkdirs', { dest_folder: made }))).toBe(null);
    expect((await stat(made)).isDirectory()).toBe(true);
  });

  test('/mkdirs refuses a file in its way, and folders outside', async () => {
    expect(await refusal(send('POST', '/mkdirs', { dest_folder: at('fox.png/in') }))).toEqual([
      409,
      `${JSON.stringify(at('fox.png/in'))} has a file in its way`,
    ]);
    expect((await send('POST', '/mkdirs', { dest_folder: at('fox.png') })).status).toBe(409);
    for (const outside of ['private/new', 'library/way-out/new', 'library-evil', 'library/../new']) {
      expect((await send('POST', '/mkdirs', { dest_folder: path.join(folder, outside) })).status).toBe(403);
    }
    expect((await readdir(path.join(folder, 'private'))).sort()).toEqual(['plain.txt', 'secret.png']);
  });

  test('what is not a path is refused by name', async () => {
    const response = await send('POST', '/copy_files', { file_paths: ['a\0b'], dest: at('sub') });
    expect([response.status, await response.json()]).toMatchObject([
      422,
      { detail: [{ loc: ['body', 'file_paths', 0], msg: 'a path cannot contain NUL' }] },
    ]);
  });

  test('files in progress and the trash are not listed', async () => {
    const made = await fresh('hidden');
    await mkdir(path.join(made, '.iib-trash'));
    await writeFile(path.join(made, '.iib-0123456789abcdef-0.part'), '');
    await writeFile(path.join(made, '.hidden.png'), '');
    expect((await listing(made)).map((file) => file.name)).toEqual(['.hidden.png']);
    expect(await readFile(path.join(made, '.iib-0123456789abcdef-0.part'), 'utf8')).toBe('');
  });
});
