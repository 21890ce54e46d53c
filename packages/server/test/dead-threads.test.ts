import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, onTestFinished, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { until } from './helpers/until.ts';

const bin = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
// Ends threads of an index when it is told to.
const ender = new URL('../../index-db/test/helpers/thread-ender.js', import.meta.url).href;

/** The program over one image, with the threads that the list names ending at their start. */
async function runProgram() {
  const { folder, remove } = await temporaryFolder();
  const list = path.join(folder, 'at-start.txt');
  const image = path.join(folder, 'pictures/one.png');
  await makeImage(image, { text: infotext('a kite', 1) });
  const child = fork(bin, ['--port', '0', '--extra_paths', 'pictures', '--update_image_index'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', END_THREADS_AT_START: list },
    execArgv: ['--import', ender],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await remove();
  });
  let output = '';
  let errors = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (errors += chunk));
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  await until(
    async () => output + errors,
    () => output.includes('Index up to date'),
  );
  const url = /Open (http\S+)/.exec(output)?.[1] ?? '';
  const post = async (endpoint: string, body: object) =>
    fetch(`${url}${endpoint}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    child,
    folder,
    list,
    ended,
    errors: () => errors,
    hello: async () => (await fetch(`${url}/hello`)).status,
    rate: async (rating: number) => post('/db/rating', { img_paths: [image], rating }),
    search: async () => post('/db/search_by_substr', { surstr: 'kite' }),
  };
}

test('a program whose index threads end refuses what they had, goes on, and stops when told to', async () => {
  const { child, ended, errors, hello, rate, search } = await runProgram();
  expect([(await rate(3)).status, (await search()).status, await hello()]).toEqual([200, 200, 200]);
  for (const [file, ask] of [
    ['writer-worker.js', () => rate(4)],
    ['reader-worker.js', search],
  ] as const) {
    child.send({ file, way: 'error', holdMs: 1000 });
    const refused = await until(ask, ({ status }) => status !== 200);
    expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
      503,
      expect.stringMatching(/^A thread of the index ended before it had answered .*; try again$/),
    ]);
    expect([(await ask()).status, await hello()]).toEqual([200, 200]);
  }
  expect(errors()).toContain('nobody catches this');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('hello says so while a thread cannot be started, without where the database is', async () => {
  const { child, ended, list, hello, rate } = await runProgram();
  await rate(3);
  await writeFile(list, 'writer-worker.js');
  child.send({ file: 'writer-worker.js', way: 'exit', holdMs: 0 });
  expect(await until(hello, (status) => status !== 200)).toBe(503);
  expect((await rate(4)).status).toBe(503);
  await rm(list);
  expect(await until(hello, (status) => status === 200)).toBe(200);
  expect((await rate(4)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('a database that is replaced while the program runs takes no rating, and hello says so', async () => {
  const { child, ended, folder, errors, hello, rate } = await runProgram();
  expect((await rate(3)).status).toBe(200);
  const database = path.join(folder, 'iib.db');
  await rename(database, path.join(folder, 'away.db'));
  await writeFile(database, 'another');
  const refused = await rate(4);
  expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
    503,
    `Another file took the place of the database while it was open: ${database}. Nothing is written any more; ` +
      'restart the program to use that one, or put the other back',
  ]);
  expect(await hello()).toBe(503);
  expect(errors()).toContain('took the place of the database');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});
