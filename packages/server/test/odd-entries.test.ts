import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { openService } from '@iib-kit/server';
import { afterAll, afterEach, describe, expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));

const { folder, remove } = await temporaryFolder();
const library = path.join(folder, 'library');
const outside = path.join(folder, 'outside');
const at = (name: string) => path.join(library, name);
await mkdir(library);
await mkdir(outside);
const logged: string[] = [];
const service = await openService({
  extraPaths: [library],
  dbPath: path.join(folder, 'iib.db'),
  cacheDir: path.join(folder, 'cache'),
  log: { warn: (_, words) => logged.push(words), error: () => undefined },
});
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});
afterAll(async () => {
  await service.close();
  await remove();
});

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows the answer
async function ask<T>(
  method: string,
  route: string,
  input: object = {},
): Promise<{ status: number; body: T }> {
  const reply = await service.handle({
    method,
    base: '',
    path: route,
    endsInSlash: false,
    query: new URLSearchParams(method === 'GET' ? (input as Record<string, string>) : {}),
    headers: { host: 'localhost' },
    peerAddress: '127.0.0.1',
    signal: new AbortController().signal,
    readBody: async () => input,
  });
  const body = typeof reply?.body === 'string' ? (JSON.parse(reply.body) as T) : (undefined as T);
  return { status: reply?.status ?? 0, body };
}

const found = async (inFolder: string): Promise<string[]> => {
  const { body } = await ask<{ files: { name: string }[] }>('POST', '/db/search_by_substr', {
    surstr: '',
    folder_paths: [inFolder],
  });
  return body.files.map(({ name }) => name).sort();
};

const mkfifo = (name: string) => void execFileSync('mkfifo', [at(name)]);

async function makeSocket(name: string): Promise<void> {
  const server = createServer();
  // Where the path is too long for a socket, it is made nearby and moved.
  const near = path.join(folder, 's');
  await new Promise<void>((resolve) => server.listen(near, resolve));
  await rename(near, at(name));
  cleanups.push(() => server.close());
}

/** A picture without a description, with one of each odd thing where a description is expected. */
async function makeOdd(name: string): Promise<void> {
  await mkdir(at(name));
  for (const picture of ['pipe', 'socket', 'zero', 'secret', 'plain'])
    await makeImage(at(`${name}/${picture}.png`));
  mkfifo(`${name}/pipe.txt`);
  mkfifo(`${name}/pipe.json`);
  mkfifo(`${name}/log.html`);
  await makeSocket(`${name}/socket.txt`);
  await symlink('/dev/zero', at(`${name}/zero.txt`));
  await symlink('/dev/zero', at(`${name}/zero.png.json`));
  await writeFile(path.join(outside, 'secret.txt'), infotext('secret', 1));
  await symlink(path.join(outside, 'secret.txt'), at(`${name}/secret.txt`));
  mkfifo(`${name}/a-pipe.png`);
  await makeSocket(`${name}/a-socket.png`);
  await symlink('/dev/zero', at(`${name}/a-device.png`));
  await symlink('a-pipe.png', at(`${name}/a-link.png`));
}

describe.skipIf(process.platform === 'win32')('what stands in a library where a file is expected', () => {
  test('is neither an image nor a description, and nothing waits for it', async () => {
    await makeOdd('indexed');
    const summary = await service.library.update();
    expect(summary).toMatchObject({ added: 5, failed: [] });
    expect(await found(at('indexed'))).toEqual([
      'pipe.png',
      'plain.png',
      'secret.png',
      'socket.png',
      'zero.png',
    ]);
    for (const name of ['pipe', 'socket', 'zero', 'secret']) {
      const { status, body } = await ask('GET', '/image_metadata', { path: at(`indexed/${name}.png`) });
      expect([name, status, JSON.stringify(body).includes('secret"')]).toEqual([name, 200, false]);
      expect(JSON.stringify(body)).not.toContain('Steps');
    }
  });

  test('is refused where it is asked for by name', async () => {
    await makeOdd('named');
    for (const name of ['a-pipe.png', 'a-socket.png', 'a-link.png']) {
      const file = at(`named/${name}`);
      expect((await ask('GET', '/file', { path: file })).status).toBe(400);
      expect((await ask('GET', '/image_metadata', { path: file })).status).toBe(400);
      expect((await ask('GET', '/image_exif', { path: file })).body).toEqual({});
      expect((await ask('GET', '/image-thumbnail', { path: file, t: '1' })).status).toBeGreaterThanOrEqual(
        400,
      );
      expect((await ask('POST', '/zip', { paths: [file] })).status).toBe(400);
      expect((await ask('POST', '/copy_files', { file_paths: [file], dest: library })).status).toBe(400);
    }
    expect((await ask('GET', '/file', { path: at('named/a-device.png') })).status).toBe(403);
  });

  test('stays behind where the picture beside it goes', async () => {
    await makeOdd('beside');
    await mkdir(at('copies'));
    const pictures = ['pipe', 'socket', 'zero', 'secret'].map((name) => at(`beside/${name}.png`));
    const copied = await ask('POST', '/copy_files', { file_paths: pictures, dest: at('copies') });
    expect(copied.status).toBe(200);
    expect((await readdir(at('copies'))).sort()).toEqual([
      'pipe.png',
      'secret.png',
      'socket.png',
      'zero.png',
    ]);
    await mkdir(at('moved'));
    expect((await ask('POST', '/move_files', { file_paths: pictures, dest: at('moved') })).status).toBe(200);
    expect((await readdir(at('moved'))).sort()).toEqual(['pipe.png', 'secret.png', 'socket.png', 'zero.png']);
    expect(await readdir(at('beside'))).toEqual(
      expect.arrayContaining(['pipe.txt', 'secret.txt', 'zero.txt']),
    );
  });

  test('a description that is a link inside goes along as the file that it leads to', async () => {
    await makeImage(at('linked/a.png'));
    await writeFile(at('linked/shared.text'), infotext('shared', 3));
    await symlink(at('linked/shared.text'), at('linked/a.txt'));
    await mkdir(at('linked-copy'));
    await ask('POST', '/copy_files', { file_paths: [at('linked/a.png')], dest: at('linked-copy') });
    expect(await readFile(at('linked-copy/a.txt'), 'utf8')).toBe(infotext('shared', 3));
  });

  test('does not keep the program from ending', async () => {
    await makeOdd('program');
    const args = ['--port', '0', '--extra_paths', library, '--update_image_index', '--watch'];
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '' },
    });
    cleanups.push(() => child.kill('SIGKILL'));
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    await expect.poll(() => output).toContain('Index up to date');
    mkfifo('program/plain.txt');
    const start = performance.now();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('a trash that somebody else wrote', () => {
  const trash = at('.iib-trash');
  const batch = (number: number) => `20261130T12000000${number}Z-00000000000000ab`;
  const valid = { version: 1, deletedTime: 5, entries: [] as object[] };
  const entry = (file: string, more: object = {}) => ({
    path: file,
    type: 'file',
    bytes: 1,
    sidecars: [],
    ...more,
  });

  async function forge(number: number, manifest: unknown, stored = 'a.png'): Promise<string> {
    await mkdir(path.join(trash, batch(number), '0'), { recursive: true });
    await writeFile(path.join(trash, batch(number), '0', stored), 'stored');
    const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
    await writeFile(path.join(trash, batch(number), 'manifest.json'), text);
    return path.join(trash, batch(number));
  }

  const list = async () => {
    const { status, body } = await ask<{ items: { path: string; id: string }[]; damaged: string[] }>(
      'GET',
      '/trash',
    );
    return { status, paths: body.items.map((item) => item.path).sort(), damaged: body.damaged.toSorted() };
  };

  test('is listed without what is damaged, which is named and left alone', async () => {
    const good = await forge(0, { ...valid, entries: [entry(at('good/a.png'))] });
    const damaged = [
      await forge(1, '{"version":1'),
      await forge(2, 'null'),
      await forge(3, { ...valid, entries: 'none' }),
      await forge(4, { ...valid, version: 2 }),
      await forge(5, { ...valid, entries: [entry('relative/a.png')] }),
      await forge(6, { ...valid, entries: [entry(`${library}/x/../../outside/a.png`)] }),
      await forge(7, {
        ...valid,
        entries: [entry(at('a.png'), { sidecars: ['../../../../outside/secret.txt'] })],
      }),
    ];
    await mkdir(path.join(trash, batch(8), 'manifest.json'), { recursive: true });
    damaged.push(path.join(trash, batch(8)));
    for (let time = 0; time < 2; time += 1)
      expect(await list()).toEqual({ status: 200, paths: [at('good/a.png')], damaged });
    // Once for each.
    expect(logged.filter((words) => words.includes('the trash'))).toHaveLength(damaged.length);
    expect((await ask<{ deleted: number }>('POST', '/trash/empty')).body).toEqual({ deleted: 1 });
    expect([existsSync(good), ...damaged.map((one) => existsSync(one))]).toEqual([
      false,
      ...damaged.map(() => true),
    ]);
    const id = `${batch(7)}-0`;
    expect((await ask('POST', '/trash/restore', { ids: [id] })).status).toBe(404);
    for (const one of damaged) execFileSync('rm', ['-r', one]);
  });

  test.skipIf(process.platform === 'win32')('leads nothing in or out by links', async () => {
    await writeFile(path.join(outside, 'a.png'), 'outside');
    const linked = await forge(0, { ...valid, entries: [entry(at('in/a.png'))] });
    execFileSync('rm', ['-r', path.join(linked, '0')]);
    await symlink(outside, path.join(linked, '0'));
    await forge(1, { ...valid, entries: [entry(at('in/a.png'))] });
    execFileSync('rm', ['-r', path.join(trash, batch(1))]);
    await symlink(outside, path.join(trash, batch(1)));
    expect((await list()).paths).toEqual([]);
    for (const number of [0, 1]) {
      expect((await ask('POST', '/trash/restore', { ids: [`${batch(number)}-0`] })).status).toBe(404);
    }
    expect(await readFile(path.join(outside, 'a.png'), 'utf8')).toBe('outside');
    execFileSync('rm', ['-r', trash]);
  });

  test.skipIf(process.platform === 'win32')('that is a link takes nothing that is deleted', async () => {
    await makeImage(at('deleted/a.png'));
    await symlink(outside, trash);
    const before = await readdir(outside);
    const { status } = await ask('POST', '/delete_files', { file_paths: [at('deleted/a.png')], trash: true });
    expect(status).toBe(200);
    expect(await readdir(outside)).toEqual(before);
    expect((await list()).paths).toEqual([at('deleted/a.png')]);
    execFileSync('rm', [trash]);
  });
});
