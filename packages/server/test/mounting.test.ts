import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { openService, type IibService } from '@iib-kit/server';
import { iibRouter } from '@iib-kit/server/express';
import { iibFastify } from '@iib-kit/server/fastify';
import { iibHandler } from '@iib-kit/server/web';
import express from 'express';
import express4 from 'express4';
import Fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';

import { baseOfPage } from './helpers/base-of-page.ts';
import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const formType = 'application/x-www-form-urlencoded';
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function libraryOptions(prompt = 'a kite') {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  await makeImage(path.join(folder, 'library/a.png'), { text: infotext(prompt, 1) });
  return {
    extraPaths: [path.join(folder, 'library')],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
  };
}

test('in Fastify, below a prefix, beside routes, hooks and parsers of the host', async () => {
  const app = Fastify();
  cleanups.push(() => app.close());
  app.addHook('onSend', async (_request, reply) => void reply.header('x-host', 'yes'));
  app.post('/echo', async (request) => request.body);
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ host: 'not found' }));
  await app.register(iibFastify, { prefix: '/images', ...(await libraryOptions()) });

  const search = await app.inject({
    method: 'POST',
    url: '/images/infinite_image_browsing/db/update_image_data',
  });
  expect([search.statusCode, search.json(), search.headers['x-host']]).toEqual([200, null, 'yes']);
  const page = await app.inject('/images/infinite_image_browsing');
  const address = 'http://localhost/images/infinite_image_browsing';
  expect(baseOfPage(page.body, address)).toBe('/images/infinite_image_browsing/');
  expect((await app.inject({ method: 'POST', url: '/echo', payload: { a: 1 } })).json()).toEqual({ a: 1 });
  const unknown = await app.inject('/images/infinite_image_browsing/nope');
  expect([unknown.statusCode, unknown.json()]).toEqual([404, { host: 'not found' }]);
  expect((await app.inject('/infinite_image_browsing/hello')).statusCode).toBe(404);
});

test('in Express, below a path, after a body parser; what is not the API goes on to the host', async () => {
  const service = await openService(await libraryOptions());
  cleanups.push(() => service.close());
  const app = express();
  app.use(express.json());
  app.use('/images', iibRouter(service));
  app.use((_request, response) => void response.status(404).json({ host: 'not found' }));
  const server = createServer(app).listen(0, '127.0.0.1');
  cleanups.push(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const address = `${origin}/images/infinite_image_browsing/`;
  expect(baseOfPage(await (await fetch(address)).text(), address)).toBe('/images/infinite_image_browsing/');
  const tag = await fetch(`${origin}/images/infinite_image_browsing/db/add_custom_tag`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"tag_name":"parsed by the host"}',
  });
  expect(await tag.json()).toMatchObject({ name: 'parsed by the host' });
  for (const other of ['/images/infinite_image_browsing/nope', '/images/infinite_image_browsingX', '/else']) {
    expect(await (await fetch(origin + other)).json()).toEqual({ host: 'not found' });
  }
});

test.each([
  [
    'Express 4',
    (service: IibService) => express4().use(express4.urlencoded({ extended: true }), iibRouter(service)),
  ],
  ['Express 5', (service: IibService) => express().use(express.urlencoded(), iibRouter(service))],
])('in %s, a form that the host has parsed changes nothing', async (_, appWith) => {
  const service = await openService(await libraryOptions());
  cleanups.push(() => service.close());
  const server = createServer(appWith(service)).listen(0, '127.0.0.1');
  cleanups.push(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const api = `http://127.0.0.1:${port}/infinite_image_browsing`;
  const tag = await fetch(`${api}/db/add_custom_tag`, {
    method: 'POST',
    body: new URLSearchParams({ tag_name: 'sent by a form' }),
  });
  expect([tag.status, await tag.json()]).toEqual([
    415,
    { detail: 'the body must be application/json, not application/x-www-form-urlencoded;charset=UTF-8' },
  ]);
  const update = await fetch(`${api}/db/update_image_data`, { method: 'POST' });
  expect(update.status).toBe(200);
});

test('in Fastify, a form that the host can parse changes nothing', async () => {
  const app = Fastify();
  cleanups.push(() => app.close());
  app.addContentTypeParser(formType, { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.post('/form', async (request) => request.body);
  await app.register(iibFastify, await libraryOptions());
  const send = (url: string) =>
    app.inject({ method: 'POST', url, headers: { 'content-type': formType }, payload: 'tag_name=x' });
  expect((await send('/form')).json()).toEqual({ tag_name: 'x' });
  expect((await send('/infinite_image_browsing/db/add_custom_tag')).statusCode).toBe(415);
});

test.each([
  ['without a key', {}, { localhost: 200, '127.0.0.1': 200, '[::1]': 200, 'gallery.example': 403 }],
  ['with a list', { hosts: ['Gallery.example'] }, { 'gallery.example': 200, 'evil.example': 403 }],
  ['with a function', { hosts: () => true }, { 'gallery.example': 200 }],
  ['with a key', { secretKey: 'sesame' }, { 'gallery.example': 200 }],
])('%s, a mounted service answers to its host names', async (_, options, expected) => {
  const service = await openService({ ...(await libraryOptions()), ...options });
  cleanups.push(() => service.close());
  const handler = iibHandler(service);
  const ask = (host: string) => handler(new Request(`http://${host}:3000/infinite_image_browsing/hello`));
  const statuses = Object.keys(expected).map(async (host) => [host, (await ask(host)).status]);
  expect(Object.fromEntries(await Promise.all(statuses))).toEqual(expected);
});

test('a page that made its own name point to a mounted service deletes nothing', async () => {
  const app = Fastify();
  cleanups.push(() => app.close());
  const options = await libraryOptions();
  await app.register(iibFastify, options);
  const file = path.join(options.extraPaths[0] ?? '', 'a.png');
  const answer = await app.inject({
    method: 'POST',
    url: '/infinite_image_browsing/delete_files',
    headers: { host: 'evil.example', origin: 'http://evil.example' },
    payload: { file_paths: [file] },
  });
  expect([answer.statusCode, answer.json()]).toEqual([
    403,
    {
      detail:
        'this server does not answer to the host name "evil.example"; if it is yours, name it in option hosts',
    },
  ]);
  expect((await stat(file)).isFile()).toBe(true);
});

test('two services with two databases live in one process', async () => {
  const app = Fastify();
  cleanups.push(() => app.close());
  await app.register(iibFastify, { base: '/one', ...(await libraryOptions('a kite')) });
  await app.register(iibFastify, { base: '/two', ...(await libraryOptions('a boat')) });
  const find = async (base: string, surstr: string): Promise<number> => {
    await app.inject({ method: 'POST', url: `${base}/db/update_image_data` });
    const answer = await app.inject({
      method: 'POST',
      url: `${base}/db/search_by_substr`,
      payload: { surstr },
    });
    return answer.json<{ files: unknown[] }>().files.length;
  };
  expect([await find('/one', 'kite'), await find('/one', 'boat')]).toEqual([1, 0]);
  expect([await find('/two', 'kite'), await find('/two', 'boat')]).toEqual([0, 1]);
});

test('with an empty base the API sits at the mount path itself', async () => {
  const app = Fastify();
  cleanups.push(() => app.close());
  await app.register(iibFastify, { prefix: '/gallery', base: '', ...(await libraryOptions()) });
  expect((await app.inject('/gallery/hello')).json()).toBe('hello');
  expect(baseOfPage((await app.inject('/gallery')).body, 'http://localhost/gallery')).toBe('/gallery/');
});

test('in Express, which hides whether the mount path ends in a slash, the page finds the API', async () => {
  const service = await openService({ base: '', ...(await libraryOptions()) });
  cleanups.push(() => service.close());
  const server = createServer(express().use('/gallery', iibRouter(service))).listen(0, '127.0.0.1');
  cleanups.push(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  for (const place of ['/gallery', '/gallery/', '/gallery?q=a/', '/gallery/folders']) {
    const address = `http://127.0.0.1:${port}${place}`;
    const html = await (await fetch(address)).text();
    expect([place, baseOfPage(html, address)]).toEqual([place, '/gallery/']);
  }
});

test('two updates at once share one run', async () => {
  const service = await openService(await libraryOptions());
  cleanups.push(() => service.close());
  const [first, second] = await Promise.all([service.library.update(), service.library.update()]);
  expect(second).toBe(first);
  expect(first.added).toBe(1);
});

test('a service closes while it updates', async () => {
  const service = await openService(await libraryOptions());
  const updating = service.library.update().catch((error: { code?: string }) => error.code);
  await service.close();
  await service.close();
  expect([undefined, 'closed']).toContain(typeof (await updating) === 'string' ? await updating : undefined);
});

test('a cache inside the library is not indexed', async () => {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  await makeImage(path.join(folder, 'a.png'));
  const service = await openService({
    extraPaths: [folder],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'thumbnails'),
  });
  cleanups.push(() => service.close());
  await makeImage(path.join(folder, 'thumbnails/entries/ab/ab12.webp'));
  expect(await service.library.update()).toMatchObject({ added: 1 });
});
