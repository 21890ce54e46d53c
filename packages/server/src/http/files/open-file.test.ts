import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { openFile as openLocated } from './open-file.ts';

let folder: string;

const openFile = (realPath: string, shown: string) =>
  openLocated({ path: shown, realPath, within: undefined });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'open-file-'));
  await writeFile(path.join(folder, 'a.txt'), 'hello');
  await mkdir(path.join(folder, 'sub'));
});

afterAll(() => rm(folder, { recursive: true }));

test('a file is read from any position, until it is closed', async () => {
  const file = await openFile(path.join(folder, 'a.txt'), 'a.txt');
  expect(file.stats.size).toBe(5);
  const into = Buffer.alloc(8, '.');
  expect(await file.read(into, 1)).toBe(4);
  expect(into.toString()).toBe('ello....');
  expect(await file.read(into, 5)).toBe(0);
  await file.close();
  await expect(file.read(into, 0)).rejects.toMatchObject({ code: 'EBADF' });
});

test('what is no file is refused by the name it was asked for', async () => {
  await expect(openFile(path.join(folder, 'sub'), 'my sub')).rejects.toMatchObject({
    status: 400,
    detail: '"my sub" is not a file',
  });
  await expect(openFile(path.join(folder, 'gone'), 'my gone')).rejects.toMatchObject({ status: 404 });
  await expect(openFile(path.join(folder, 'a.txt/b'), 'b')).rejects.toMatchObject({ status: 404 });
});

test.skipIf(process.platform === 'win32')(
  'a link that was put in place after the path was checked is not followed',
  async () => {
    await symlink('/etc/hostname', path.join(folder, 'swapped.png'));
    await expect(openFile(path.join(folder, 'swapped.png'), 'swapped.png')).rejects.toMatchObject({
      status: 403,
    });
  },
);

test.skipIf(process.platform === 'win32')('a pipe that nobody writes to is not waited for', async () => {
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  await expect(openFile(path.join(folder, 'pipe'), 'pipe')).rejects.toMatchObject({ status: 400 });
});
