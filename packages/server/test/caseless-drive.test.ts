import { execFile } from 'node:child_process';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { openService, type IibService } from '@iib-kit/server';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';

import { caselessDrive, hasCaselessDrives } from './helpers/caseless-drive.ts';
import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const program = fileURLToPath(new URL('helpers/operating-program.js', import.meta.url));
const run = promisify(execFile);

interface Answer {
  readonly status: number | undefined;
  readonly body: {
    readonly new_path?: string;
    readonly detail?: string;
    readonly files?: { fullpath: string }[];
  };
}

async function post(service: IibService, route: string, body: object): Promise<Answer> {
  const reply = await service.handle({
    method: 'POST',
    base: '',
    path: route,
    endsInSlash: false,
    query: new URLSearchParams(),
    headers: { host: 'localhost' },
    peerAddress: '127.0.0.1',
    signal: new AbortController().signal,
    readBody: async () => body,
  });
  return {
    status: reply?.status,
    body: JSON.parse(typeof reply?.body === 'string' ? reply.body : '{}') as Answer['body'],
  };
}

async function opened(folder: string, library: string) {
  const options = {
    base: '',
    extraPaths: [library],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  };
  const open = async () => {
    const service = await openService(options);
    onTestFinished(() => service.close());
    return service;
  };
  return { options, open };
}

test('hard links whose names differ in case are two files', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const library = path.join(folder, 'library');
  const at = (name: string) => path.join(library, name);
  await makeImage(at('Photo.png'));
  await link(at('Photo.png'), at('photo.png'));
  const { open } = await opened(folder, library);
  const service = await open();
  expect((await post(service, '/db/rename', { path: at('Photo.png'), name: 'photo.png' })).status).toBe(409);
  expect((await readdir(library)).sort()).toEqual(['Photo.png', 'photo.png']);
});

describe.runIf(hasCaselessDrives)('on a drive where the case of names does not count', () => {
  let made: { readonly folder: string; readonly root: string };
  const at = (name: string) => path.join(made.root, name);

  beforeEach(async () => {
    const { folder, remove } = await temporaryFolder();
    const drive = await caselessDrive(folder);
    made = { folder, root: drive.root };
    await begin();
    return async () => {
      await drive.remove();
      await remove();
    };
  });

  async function begin(): Promise<void> {
    for (const name of await readdir(made.root)) await rm(at(name), { recursive: true });
    await makeImage(path.join(made.folder, 'photo.png'), { text: infotext('one', 1) });
    await writeFile(at('Photo.png'), await readFile(path.join(made.folder, 'photo.png')));
    await writeFile(at('Photo.txt'), 'caption');
    await mkdir(at('Sub'));
    await writeFile(at('Sub/inner.txt'), 'inner');
  }

  test('files with what describes them, and folders, get another spelling of their names', async () => {
    const service = await (await opened(made.folder, made.root)).open();
    await service.library.update();
    await post(service, '/db/rating', { img_paths: [at('Photo.png')], rating: 3 });
    const renamed = await post(service, '/db/rename', { path: at('Photo.png'), name: 'photo.PNG' });
    expect(renamed).toMatchObject({ status: 200, body: { new_path: at('photo.PNG') } });
    expect((await post(service, '/db/rename', { path: at('Sub'), name: 'SUB' })).status).toBe(200);
    expect((await readdir(made.root)).sort()).toEqual(['SUB', 'photo.PNG', 'photo.txt']);
    expect(await readFile(at('SUB/inner.txt'), 'utf8')).toBe('inner');
    await service.library.update();
    const { body } = await post(service, '/db/search', { query: 'rating:3' });
    expect(body.files?.map((file) => file.fullpath)).toEqual([at('photo.PNG')]);
  });

  test('a name that another file has in any case is taken', async () => {
    await writeFile(at('Other.png'), 'other');
    const service = await (await opened(made.folder, made.root)).open();
    const refused = await post(service, '/db/rename', { path: at('Photo.png'), name: 'OTHER.png' });
    expect(refused).toMatchObject({ status: 409 });
    const moved = await post(service, '/move_files', { file_paths: [at('Photo.png')], dest: at('SUB') });
    expect(moved.status).toBe(200);
    expect((await readdir(at('Sub'))).sort()).toEqual(['Photo.png', 'Photo.txt', 'inner.txt']);
  });

  test.each([
    ['a file', 'Photo.png', 'photo.png'],
    ['a folder', 'Sub', 'SUB'],
  ])(
    'a new spelling of %s that is killed at any step loses nothing',
    async (_, old, name) => {
      const { options, open } = await opened(made.folder, made.root);
      const before = new Set<string>();
      for (let killAt = 1; ; killAt += 1) {
        await begin();
        const order = { options, route: '/db/rename', body: { path: at(old), name }, killAt };
        const isOver = await run(process.execPath, [program, JSON.stringify(order)]).then(
          () => true,
          (error: { signal?: string }) => (expect(error.signal).toBe('SIGKILL'), false),
        );
        const service = await open();
        await service.close();
        const names = await readdir(made.root);
        expect(names.map((each) => each.toLowerCase()).sort()).toEqual(['photo.png', 'photo.txt', 'sub']);
        expect(names.some((each) => each === old) !== names.includes(name)).toBe(true);
        before.add(names.includes(name) ? 'after' : 'before');
        if (isOver) break;
      }
      expect([...before]).toEqual(['before', 'after']);
    },
    120_000,
  );
});
