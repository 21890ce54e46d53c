import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, readlink, utimes, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

import { openService } from '@iib-kit/server';
import { expect, test, vi } from 'vitest';
import { fromBufferPromise } from 'yauzl';

import { madeService } from './helpers/made-service.ts';
import { overTransports } from './helpers/over-transports.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const { service, folder, at } = await madeService();
const packed = path.join(folder, 'cache/zip');

/** The entries of an archive and what is in them. */
async function unzip(bytes: ArrayBuffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const zip = await fromBufferPromise(Buffer.from(bytes), { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry);
    files[entry.fileName] = (await buffer(stream)).toString('latin1');
  }
  return files;
}

overTransports(service, ({ transport, base, send, get, json }) => {
  const made = async (name: string, files: Record<string, string>) => {
    const root = at(`${transport} ${name}`);
    for (const [file, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), content);
    }
    return (file: string) => path.join(root, file);
  };

  test.each([true, false])('a zip holds the files (compress: %s)', async (compress) => {
    const inside = await made(`zip ${compress}`, {
      'a.txt': 'a'.repeat(10_000),
      '猫.txt': 'cat',
      'empty.txt': '',
    });
    const paths = ['a.txt', '猫.txt', 'empty.txt'].map(inside);
    const response = await send('POST', '/zip', { paths, compress, pack_only: false });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const bytes = await response.arrayBuffer();
    expect(await unzip(bytes)).toEqual({ 'a.txt': 'a'.repeat(10_000), '猫.txt': 'cat', 'empty.txt': '' });
    expect(bytes.byteLength < 10_000).toBe(compress);
  });

  test('equal names inside a zip are told apart, also those that differ in case', async () => {
    const inside = await made('zip names', {
      'x/a.txt': '1',
      'y/a.txt': '2',
      'z/A.TXT': '3',
      'a_1.txt': '4',
    });
    const paths = ['x/a.txt', 'y/a.txt', 'z/A.TXT', 'a_1.txt', 'x/a.txt'].map(inside);
    const response = await send('POST', '/zip', { paths, compress: false });
    expect(await unzip(await response.arrayBuffer())).toEqual({
      'a.txt': '1',
      'a_1.txt': '2',
      'A_2.TXT': '3',
      'a_1_1.txt': '4',
      'a_3.txt': '1',
    });
  });

  test('two zips at once are not mixed up', async () => {
    const inside = await made('zip two', { 'a.txt': 'first', 'b.txt': 'second' });
    const pack = (file: string, pack_only: boolean) =>
      send('POST', '/zip', { paths: [inside(file)], compress: false, pack_only });
    const [one, two] = await Promise.all([pack('a.txt', false), pack('b.txt', false)]);
    expect([await unzip(await one.arrayBuffer()), await unzip(await two.arrayBuffer())]).toEqual([
      { 'a.txt': 'first' },
      { 'b.txt': 'second' },
    ]);
    const names = await Promise.all(
      ['a.txt', 'b.txt'].map(async (file) => (await json<{ name: string }>(pack(file, true))).name),
    );
    expect(names[0]).not.toBe(names[1]);
    const kept = await Promise.all(names.map(async (name) => (await get('/zip', { name })).arrayBuffer()));
    expect(await Promise.all(kept.map(unzip))).toEqual([{ 'a.txt': 'first' }, { 'b.txt': 'second' }]);
  });

  test('a packed archive stays under the name of the answer, and answers ranges', async () => {
    const inside = await made('zip packed', { 'a.txt': 'content' });
    const answer = await json<{ name: string; path: string; bytes: number; job_id: string }>(
      send('POST', '/zip', { paths: [inside('a.txt')], compress: true, pack_only: true }),
    );
    expect(answer).toEqual({
      name: expect.stringMatching(/^iib-[0-9a-f]{16}\.zip$/),
      path: path.join(packed, answer.name),
      bytes: (await readFile(answer.path)).length,
      missing: [],
      job_id: expect.any(String),
    });
    const response = await get('/zip', { name: answer.name }, { headers: { range: 'bytes=0-1' } });
    expect([response.status, await response.text()]).toEqual([206, 'PK']);
    for (const name of ['../iib.db', 'iib-0000000000000000.zip', '', `${answer.name}.part`]) {
      expect((await get('/zip', { name })).status).toBe(404);
    }
  });

  test('folders, what is missing, and nothing at all are refused', async () => {
    const inside = await made('zip refused', { 'in/a.txt': 'a' });
    const zip = (paths: readonly string[]) => send('POST', '/zip', { paths });
    expect([
      (await zip([inside('in')])).status,
      (await zip([inside('in/a.txt'), inside('missing')])).status,
      (await zip([])).status,
    ]).toEqual([400, 404, 422]);
  });

  test('clients that go away free their place, and nothing more is read for them', async () => {
    const inside = await made('zip abort', { 'big.bin': 'x'.repeat(30_000_000) });
    const body = JSON.stringify({ paths: [inside('big.bin')] });
    const headers = { 'content-type': 'application/json' };
    for (let round = 0; round < 6; round += 1) {
      // Not `fetch`: it keeps a fresh connection in reserve, for which the server would wait at its end.
      const client = request(`${base()}/zip`, { method: 'POST', headers, agent: false });
      client.end(body);
      const [response] = (await once(client, 'response')) as [IncomingMessage];
      expect(response.statusCode).toBe(200);
      client.destroy();
      await vi.waitFor(async () => expect(await openFiles()).not.toContain(inside('big.bin')), 60_000);
    }
  });
});

/** What this process, and so the server in it, has open; nothing where the system does not tell. */
async function openFiles(): Promise<string[]> {
  const numbers = await readdir('/proc/self/fd').catch(() => []);
  return Promise.all(numbers.map((number) => readlink(`/proc/self/fd/${number}`).catch(() => '')));
}

test('packed archives go after a day, unfinished ones too', async () => {
  const { folder: own, remove } = await temporaryFolder();
  const zips = path.join(own, 'cache/zip');
  await mkdir(zips, { recursive: true });
  const names = {
    old: 'iib-0000000000000001.zip',
    part: 'iib-0000000000000002.zip.part',
    new: 'iib-0000000000000003.zip',
  };
  for (const name of [...Object.values(names), 'mine.zip']) await writeFile(path.join(zips, name), '');
  const yesterday = Date.now() / 1000 - 25 * 60 * 60;
  for (const name of [names.old, names.part, 'mine.zip'])
    await utimes(path.join(zips, name), yesterday, yesterday);
  const opened = await openService({ dbPath: path.join(own, 'iib.db'), cacheDir: path.join(own, 'cache') });
  await opened.close();
  expect(
    [names.old, names.part, names.new, 'mine.zip'].map((name) => existsSync(path.join(zips, name))),
  ).toEqual([false, false, true, true]);
  await remove();
});
