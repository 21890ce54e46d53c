import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

import { Confinement } from '@iib-kit/files';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';

import { type MissingFile, zipStream } from './zip-stream.ts';

let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'zip-stream-')));
  for (const name of ['a.txt', 'b.txt', 'not-in-this-archive.txt']) {
    await writeFile(path.join(folder, name), `content of ${name}`);
  }
});

afterAll(() => rm(folder, { recursive: true }));

async function unzipped(archive: Buffer): Promise<Record<string, { text: string; date: Date }>> {
  const files: Record<string, { text: string; date: Date }> = {};
  const zip = await fromBufferPromise(archive, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const text = (await buffer(await zip.openReadStreamPromise(entry))).toString();
    files[entry.fileName] = { text, date: entry.getLastModDate() };
  }
  return files;
}

/** What an archive of these files holds, and what it says is missing. */
async function zipped(files: readonly string[], within?: Confinement) {
  const missing: MissingFile[] = [];
  const sources = files.map((file) => {
    const absolute = path.resolve(folder, file);
    return { path: absolute, realPath: absolute, within, stats: { size: 1 } };
  });
  const onMissing = (file: MissingFile) => missing.push(file);
  const archive = await buffer(zipStream(sources, { compress: false, onMissing }));
  const held = await unzipped(archive);
  return {
    texts: Object.fromEntries(Object.entries(held).map(([name, { text }]) => [name, text])),
    held,
    missing,
  };
}

const inFolder = (name: string) => path.join(folder, name);

describe('an archive goes on without', () => {
  test('a file that is gone, and names it in the last entry', async () => {
    const { texts, missing } = await zipped(['a.txt', 'gone.txt', 'b.txt']);
    const reason = `"${inFolder('gone.txt')}" is not there`;
    expect(Object.entries(texts)).toEqual([
      ['a.txt', 'content of a.txt'],
      ['b.txt', 'content of b.txt'],
      ['not-in-this-archive.txt', `Not in this archive, or not whole:\n\n${reason}\n`],
    ]);
    expect(missing).toEqual([{ path: inFolder('gone.txt'), reason }]);
  });

  test('a file that became a folder', async () => {
    await mkdir(inFolder('folder'), { recursive: true });
    const { missing } = await zipped(['folder']);
    expect(missing).toEqual([{ path: inFolder('folder'), reason: `"${inFolder('folder')}" is a folder` }]);
  });

  test.skipIf(process.platform === 'win32')('a file that became a pipe, or a link', async () => {
    execFileSync('mkfifo', [inFolder('pipe')]);
    await symlink('a.txt', inFolder('link'));
    const { missing } = await zipped(['pipe', 'link']);
    expect(missing.map(({ reason }) => reason)).toEqual([
      `"${inFolder('pipe')}" is neither a file nor a folder`,
      `"${inFolder('link')}" is a loop of links`,
    ]);
  });

  test.skipIf(process.platform === 'win32')('a file that lies outside by now', async () => {
    for (const name of ['in', 'out']) await mkdir(inFolder(name));
    await writeFile(inFolder('out/secret.txt'), 'secret');
    await symlink('../out', inFolder('in/swapped'));
    const { texts, missing } = await zipped(['in/swapped/secret.txt'], new Confinement([inFolder('in')]));
    expect(Object.keys(texts)).toEqual(['not-in-this-archive.txt']);
    expect(missing[0]?.reason).toBe(`"${inFolder('in/swapped/secret.txt')}" is outside the allowed folders`);
  });

  // A regular file that can be opened, and of whose first byte the kernel says EIO.
  test.skipIf(process.platform !== 'linux')(
    'what cannot be read of a file on a drive with faults',
    async () => {
      const { texts, missing } = await zipped(['/proc/self/mem', 'a.txt']);
      expect(texts).toMatchObject({ mem: '', 'a.txt': 'content of a.txt' });
      expect(missing).toEqual([{ path: '/proc/self/mem', reason: '"/proc/self/mem" cannot be reached now' }]);
    },
  );
});

test('a file of that name keeps it, and the entry that names what is missing is numbered', async () => {
  const { texts } = await zipped(['not-in-this-archive.txt', 'gone.txt']);
  expect(Object.keys(texts)).toEqual(['not-in-this-archive.txt', 'not-in-this-archive_1.txt']);
});

test.each([
  ['before 1970', new Date('1969-12-31T12:00:00Z')],
  ['before 1901', new Date('1850-01-01T00:00:00Z')],
  ['after 2107', new Date('2200-01-01T00:00:00Z')],
])('a file dated %s is packed', async (_, date) => {
  await writeFile(inFolder('dated.txt'), 'dated');
  await utimes(inFolder('dated.txt'), date, date);
  const { texts, held } = await zipped(['dated.txt']);
  expect(texts).toEqual({ 'dated.txt': 'dated' });
  const year = held['dated.txt']?.date.getFullYear() ?? 0;
  expect(year).toBeGreaterThanOrEqual(1969);
  expect(year).toBeLessThanOrEqual(2107);
});

test('an archive that nobody takes any more ends without an error, its file closed', async () => {
  await writeFile(inFolder('large.bin'), Buffer.alloc(8 * 1024 * 1024));
  const file = { path: inFolder('large.bin'), realPath: inFolder('large.bin'), within: undefined };
  const archive = zipStream([{ ...file, stats: { size: 1 } }], { compress: false });
  await new Promise<void>((resolve) => archive.once('readable', resolve));
  archive.destroy(new Error('given up'));
  await new Promise<void>((resolve) => archive.once('close', resolve));
  await expect.poll(() => openFiles()).not.toContain(inFolder('large.bin'));
});

async function openFiles(): Promise<string> {
  return readFile('/proc/self/maps', 'utf8').then(
    () => execFileSync('ls', ['-l', `/proc/${process.pid}/fd`]).toString(),
    () => '',
  );
}
