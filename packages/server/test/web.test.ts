import { createHook } from 'node:async_hooks';
import { mkdir, readdir, readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { openService } from '@iib-kit/server';
import { iibHandler } from '@iib-kit/server/web';
import { afterEach, expect, test, vi } from 'vitest';

import { baseOfPage } from './helpers/base-of-page.ts';
import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function opened(options: Parameters<typeof openService>[0] = {}) {
  const { folder, remove } = await temporaryFolder();
  const library = path.join(folder, 'library');
  await makeImage(path.join(library, 'a.png'), { text: infotext('a kite', 1) });
  const service = await openService({
    extraPaths: [library],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
    ...options,
  });
  cleanups.push(remove, () => service.close());
  const big = path.join(library, 'big.bin');
  await writeFile(big, Buffer.alloc(4_000_000, 7));
  return { service, big };
}

const at = 'http://localhost/infinite_image_browsing';

/** Whether this process, and so the service in it, has a file open; never where the system does not tell. */
async function isOpen(file: string): Promise<boolean> {
  const numbers = await readdir('/proc/self/fd').catch(() => []);
  const names = await Promise.all(
    numbers.map((number) => readlink(`/proc/self/fd/${number}`).catch(() => '')),
  );
  return names.includes(file);
}

test('requests are answered below the prefix of the application, others with 404', async () => {
  const { service } = await opened();
  const handler = iibHandler(service, { prefix: '/images' });
  for (const path of ['', '/', '/folders', '/compare/any/thing/']) {
    const address = `http://localhost/images/infinite_image_browsing${path}`;
    const html = await (await handler(new Request(address))).text();
    expect([path, baseOfPage(html, address)]).toEqual([path, '/images/infinite_image_browsing/']);
  }
  for (const other of [
    '/images',
    '/infinite_image_browsing/hello',
    '/images/infinite_image_browsingX/hello',
  ]) {
    const answer = await handler(new Request(`http://localhost${other}`));
    expect([answer.status, await answer.json()]).toEqual([404, { detail: 'not found' }]);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('a host that stands in the URL alone is checked all the same', async () => {
  const { service } = await opened({ hosts: ['localhost'] });
  const handler = iibHandler(service);
  expect((await handler(new Request(`${at}/hello`))).status).toBe(200);
  expect((await handler(new Request(at.replace('localhost', 'evil.example') + '/hello'))).status).toBe(403);
});

test('a body is read once; one that the application has read is the fault of the application', async () => {
  const errors: unknown[] = [];
  const { service } = await opened({
    log: { warn: () => {}, error: (_: object, message: string) => void errors.push(message) },
  });
  const handler = iibHandler(service);
  const request = () =>
    new Request(`${at}/db/search_by_substr`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"surstr":"nothing"}',
    });
  expect(await (await handler(request())).json()).toMatchObject({ files: [] });
  const used = request();
  await used.text();
  expect((await handler(used)).status).toBe(500);
  expect(errors).toHaveLength(1);
});

test('the address is what the application says, and counts wrong keys apart', async () => {
  const { service } = await opened({ secretKey: 'the key', limits: { wrongKeys: 1 } });
  const handler = iibHandler(service, { address: (_, from: { ip: string }) => from.ip });
  const ask = async (key: string, ip: string) =>
    (
      await handler(new Request(`${at}/db/basic_info`, { headers: { authorization: `Bearer ${key}` } }), {
        ip,
      })
    ).status;
  expect([await ask('wrong', '10.0.0.1'), await ask('the key', '10.0.0.1')]).toEqual([401, 429]);
  expect(await ask('the key', '10.0.0.2')).toBe(200);
});

test('a file comes whole, and is closed then', async () => {
  const { service, big } = await opened();
  const handler = iibHandler(service);
  const url = `${at}/file?${new URLSearchParams({ path: big }).toString()}`;
  const whole = await handler(new Request(url));
  expect([whole.status, whole.headers.get('content-length')]).toEqual([200, '4000000']);
  expect(Buffer.from(await whole.arrayBuffer()).equals(Buffer.alloc(4_000_000, 7))).toBe(true);
  await vi.waitFor(async () => expect(await isOpen(big)).toBe(false), 60_000);
});

test.each(['cancels the answer', 'aborts the request', 'takes nothing any more'])(
  'the file is closed when the client %s',
  async (way) => {
    const { service, big } = await opened({ limits: { stallSeconds: 1 } });
    const handler = iibHandler(service);
    const client = new AbortController();
    const url = `${at}/file?${new URLSearchParams({ path: big }).toString()}`;
    const answer = await handler(new Request(url, { signal: client.signal }));
    const reader = answer.body?.getReader();
    expect((await reader?.read())?.value?.length).toBe(512 * 1024);
    if (process.platform === 'linux') expect(await isOpen(big)).toBe(true);
    if (way === 'cancels the answer') await reader?.cancel();
    if (way === 'aborts the request') client.abort();
    await vi.waitFor(async () => expect(await isOpen(big)).toBe(false), 60_000);
    if (way === 'aborts the request') await expect(reader?.read()).rejects.toThrow(/abort/);
    if (way === 'takes nothing any more')
      await expect(reader?.read()).rejects.toThrow('nobody takes the answer');
  },
);

test('paths are not looked for any further when the client has gone', async () => {
  const { service, big } = await opened();
  const deep = path.join(path.dirname(big), ...Array.from({ length: 100 }, (_, level) => `level-${level}`));
  await mkdir(deep, { recursive: true });
  const paths = Array.from({ length: 200 }, (_, index) => path.join(deep, `not-there-${index}`));
  const client = new AbortController();
  let requests = 0;
  const hook = createHook({
    init(_, type) {
      requests += Number(type === 'FSREQPROMISE');
      if (requests === 400) client.abort();
    },
  });
  const body = JSON.stringify({ paths });
  const headers = { 'content-type': 'application/json' };
  const request = new Request(`${at}/image_geninfo_batch`, {
    method: 'POST',
    headers,
    body,
    signal: client.signal,
  });
  hook.enable();
  const answer = await iibHandler(service)(request);
  hook.disable();
  expect(answer.status).toBe(499);
  // Each path is 100 folders below the library.
  expect(requests).toBeLessThan(1000);
});

test('an answer that nobody reads gives its file back', async () => {
  const { service, big } = await opened({ limits: { stallSeconds: 1 } });
  const url = `${at}/file?${new URLSearchParams({ path: big }).toString()}`;
  const client = new AbortController();
  await iibHandler(service)(new Request(url));
  await iibHandler(service)(new Request(url, { signal: client.signal }));
  client.abort();
  await vi.waitFor(async () => expect(await isOpen(big)).toBe(false), 60_000);
});

test('a prefix that is no path is refused by name', async () => {
  const { service } = await opened();
  for (const prefix of ['images', '/images/', '/a?b', '/']) {
    expect(() => iibHandler(service, { prefix })).toThrow(
      `option prefix must be a path such as "/images", not ${JSON.stringify(prefix)}`,
    );
  }
});
