import { createHash } from 'node:crypto';
import { request } from 'node:http';
import path from 'node:path';

import { launchApp, type LaunchedApp, type LaunchOptions } from '@iib-kit/server';
import { afterEach, expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function launch(options: LaunchOptions = {}): Promise<{ app: LaunchedApp; folder: string }> {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  await makeImage(path.join(folder, 'library/a.png'), { text: infotext('a kite', 1) });
  await makeImage(path.join(folder, 'other/b.png'), { text: infotext('a boat', 2) });
  const app = await launchApp({
    port: 0,
    extraPaths: [path.join(folder, 'library')],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
    ...options,
  });
  cleanups.push(() => app.close());
  return { app, folder };
}

function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

test('with a key, everything but /hello and the page asks for it', async () => {
  const { app, folder } = await launch({ secretKey: 'sesame' });
  const image = encodeURIComponent(path.join(folder, 'library/a.png'));
  const status = async (route: string, headers: Record<string, string> = {}) =>
    (await fetch(app.url + route, { headers })).status;

  for (const route of ['/hello', '', '/folders', '/page/docs.css']) {
    expect([route, await status(route)]).toEqual([route, 200]);
  }
  const cookie = `IIB_S=${createHash('sha256').update('sesame_ciallo').digest('hex')}`;
  const protectedRoutes = [
    '/version',
    '/docs',
    '/openapi.json',
    `/file?path=${image}`,
    `/image-thumbnail?path=${image}`,
  ];
  for (const route of protectedRoutes) {
    expect([route, await status(route)]).toEqual([route, 401]);
    expect([route, await status(route, { authorization: 'Bearer sesame' })]).toEqual([route, 200]);
    expect([route, await status(route, { cookie })]).toEqual([route, 200]);
  }
});

test('the key is asked for before the request is judged, in the words that the front end of IIB knows', async () => {
  const { app } = await launch({ secretKey: 'sesame' });
  const response = await post(`${app.url}/db/search_by_substr`, { size: 'wrong' });
  expect([response.status, await response.json()]).toEqual([
    401,
    { detail: { type: 'secret_verification_failed' } },
  ]);
});

test('read-only refuses every change and nothing else', async () => {
  const { app } = await launch({ permission: 'read-only' });
  const response = await post(`${app.url}/db/add_custom_tag`, { tag_name: 'x' });
  expect([response.status, await response.json()]).toEqual([
    403,
    { detail: 'this server is read-only, and this call would write' },
  ]);
  expect((await post(`${app.url}/db/search_by_substr`, {})).status).toBe(200);
});

test('write-only refuses reading and lets write', async () => {
  const { app } = await launch({ permission: 'write-only' });
  expect((await post(`${app.url}/db/search_by_substr`, {})).status).toBe(403);
  expect((await post(`${app.url}/db/add_custom_tag`, { tag_name: 'x' })).status).toBe(200);
});

test('no-access refuses reading and writing, and says hello', async () => {
  const { app } = await launch({ permission: 'no-access' });
  expect((await post(`${app.url}/db/search_by_substr`, {})).status).toBe(403);
  expect((await post(`${app.url}/db/add_custom_tag`, { tag_name: 'x' })).status).toBe(403);
  expect((await fetch(`${app.url}/hello`)).status).toBe(200);
});

test('on loopback callers may add folders from anywhere, and then see them', async () => {
  const { app, folder } = await launch();
  const other = path.join(folder, 'other');
  const file = `${app.url}/file?path=${encodeURIComponent(path.join(other, 'b.png'))}`;
  expect((await fetch(file)).status).toBe(403);
  const asked = { paths: [other, path.join(other, 'b.png'), path.join(folder, 'nowhere')] };
  expect(await (await post(`${app.url}/check_path_exists`, asked)).json()).toEqual({
    [other]: true,
    [path.join(other, 'b.png')]: false,
    [path.join(folder, 'nowhere')]: false,
  });
  expect((await post(`${app.url}/db/extra_paths`, { path: other, types: ['scanned'] })).status).toBe(200);
  expect((await fetch(file)).status).toBe(200);
});

test('nobody adds a folder outside those that the owner named', async () => {
  const { app, folder } = await launch({ secretKey: 'k', allowedPaths: ['/nowhere'] });
  const send = (endpoint: string, body: object) =>
    fetch(`${app.url}${endpoint}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer k' },
      body: JSON.stringify(body),
    });
  const other = path.join(folder, 'other');
  expect(await (await send('/check_path_exists', { paths: [other] })).json()).toEqual({ [other]: false });
  expect((await send('/db/extra_paths', { path: other, types: ['scanned'] })).status).toBe(403);
});

test('on loopback other host names are refused, and pages from elsewhere cannot change anything', async () => {
  const { app } = await launch();
  const { port } = new URL(app.url);
  const status = await new Promise((resolve, reject) => {
    request(
      { port, path: '/infinite_image_browsing/hello', headers: { host: `evil.example:${port}` } },
      (response) => resolve(response.resume().statusCode),
    )
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
  const foreign = await post(
    `${app.url}/db/add_custom_tag`,
    { tag_name: 'x' },
    { origin: 'https://evil.example' },
  );
  expect(foreign.status).toBe(403);
});

test('without allow_cors no origin is answered; with it, preflights are', async () => {
  const closed = await launch();
  const refused = await fetch(`${closed.app.url}/hello`, { headers: { origin: 'https://a.example' } });
  expect(refused.headers.get('access-control-allow-origin')).toBeNull();

  const open = await launch({ allowCors: ['https://a.example'] });
  const preflight = await fetch(`${open.app.url}/db/search_by_substr`, {
    method: 'OPTIONS',
    headers: { origin: 'https://a.example', 'access-control-request-method': 'POST' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('https://a.example');
  expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
});

test('preflights need no key', async () => {
  const { app } = await launch({ allowCors: true, secretKey: 'sesame' });
  const preflight = await fetch(`${app.url}/version`, { method: 'OPTIONS' });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
});

test('switched off, access control lets every path through', async () => {
  const { app, folder } = await launch({ accessControl: false });
  expect(
    (await fetch(`${app.url}/file?path=${encodeURIComponent(path.join(folder, 'other/b.png'))}`)).status,
  ).toBe(200);
});

test('allowed paths take the place of the library folders', async () => {
  const { app, folder } = await launch({ allowedPaths: [] });
  expect(
    (await fetch(`${app.url}/file?path=${encodeURIComponent(path.join(folder, 'library/a.png'))}`)).status,
  ).toBe(403);
});

test('images of a database that lie outside the allowed folders are not shown', async () => {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  await makeImage(path.join(folder, 'one/a.png'));
  await makeImage(path.join(folder, 'two/b.png'));
  const common = { port: 0, dbPath: path.join(folder, 'iib.db'), cacheDir: path.join(folder, 'cache') };
  const first = await launchApp({
    ...common,
    extraPaths: [path.join(folder, 'one'), path.join(folder, 'two')],
  });
  await first.service.library.update();
  await first.close();
  const second = await launchApp({ ...common, extraPaths: [path.join(folder, 'one')] });
  cleanups.push(() => second.close());
  const page = (await (await post(`${second.url}/db/search_by_substr`, {})).json()) as {
    files: { name: string }[];
  };
  expect(page.files.map((file) => file.name)).toEqual(['a.png']);
});

test.each([
  [{ permision: 'read-only' }, 'unknown option "permision"'],
  [
    { permission: 'readonly' },
    'option permission must be one of read-write, read-only, write-only, no-access, not "readonly"',
  ],
  [{ base: '/a b' }, 'option base must be a plain URL path, not "/a b"'],
  [{ extraPaths: '/a' }, 'option extraPaths must be a list of folder names'],
])('the option %j is refused by name', async (options, message) => {
  await expect(launchApp(options as LaunchOptions)).rejects.toThrow(message);
});

test('every answer forbids guessing its type and telling where it was', async () => {
  const { app } = await launch();
  for (const route of ['/hello', '', '/files', '/docs']) {
    const { headers } = await fetch(app.url + route);
    expect([route, headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual([
      route,
      'nosniff',
      'no-referrer',
    ]);
  }
});
