import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';

import { launchApp, openService, type LaunchOptions } from '@iib-kit/server';
import { iibRouter } from '@iib-kit/server/express';
import express from 'express';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';

import { infotext, makeImage } from './helpers/make-image.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const html = `<!doctype html><script src="/infinite_image_browsing/fe-static/assets/index-0d9d1a2b.js"></script>
<link rel="stylesheet" href="/infinite_image_browsing/fe-static/assets/index-Cafe1234.css">`;
const script = `const base="/infinite_image_browsing";fetch(base+"/db/basic_info");open("/infinite_image_browsing/?a=1")`;

/** As the build of the front end of IIB is laid out. */
async function makeFrontEnd(folder: string): Promise<string> {
  const dist = path.join(folder, 'dist');
  await mkdir(path.join(dist, 'assets'), { recursive: true });
  await writeFile(path.join(dist, 'index.html'), html);
  await writeFile(path.join(dist, 'assets/index-0d9d1a2b.js'), script);
  await writeFile(path.join(dist, 'assets/index-Cafe1234.css'), 'body{}');
  await writeFile(path.join(dist, 'assets/plain-component.js'), 'x');
  await writeFile(path.join(dist, 'favicon.ico'), Buffer.from([0, 255, 1]));
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await symlink(path.join(folder, 'secret.txt'), path.join(dist, 'way-out.txt'));
  return dist;
}

async function launch(options: LaunchOptions = {}) {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const at = (name: string) => path.join(folder, 'library', name);
  await makeImage(at('a.png'), { text: infotext('a kite', 1), modified: new Date(Date.UTC(2024, 0, 1)) });
  await mkdir(at('sub'));
  const app = await launchApp({
    port: 0,
    extraPaths: [path.join(folder, 'library')],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
    feDir: await makeFrontEnd(folder),
    timeZone: 'UTC',
    ...options,
  });
  cleanups.push(() => app.close());
  await app.service.library.update();
  return { app, folder, at, origin: new URL(app.url).origin };
}

test('the page is there at the base and at the root, with the base that is served', async () => {
  const { app, origin } = await launch({ base: '/my/iib' });
  const expected = html.replaceAll('/infinite_image_browsing', '/my/iib');
  for (const url of [app.url, `${app.url}/`, `${origin}/`, `${origin}/?action=open&path=%2Fa&mode=walk`]) {
    const response = await fetch(url, { redirect: 'manual' });
    expect([url, response.status, await response.text()]).toEqual([url, 200, expected]);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  }
  expect((await fetch(`${origin}/infinite_image_browsing`)).status).toBe(404);
});

test('scripts have the base too; names with a hash are kept for ever; all have a strong tag', async () => {
  const { app } = await launch({ base: '/my/iib' });
  const file = (name: string, headers: Record<string, string> = {}) =>
    fetch(`${app.url}/fe-static/${name}`, { headers });
  const response = await file('assets/index-0d9d1a2b.js');
  const text = await response.text();
  expect(text).toBe(script.replaceAll('/infinite_image_browsing', '/my/iib'));
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const etag = response.headers.get('etag') ?? '';
  expect(etag).toBe(`"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`);
  const again = await file('assets/index-0d9d1a2b.js', { 'if-none-match': etag });
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);

  const caching = async (name: string) => (await file(name)).headers.get('cache-control');
  expect(await caching('assets/index-Cafe1234.css')).toBe('public, max-age=31536000, immutable');
  expect(await caching('assets/plain-component.js')).toBe('no-cache');
  expect(await caching('favicon.ico')).toBe('no-cache');
  const icon = await file('favicon.ico');
  expect([icon.headers.get('content-type'), Buffer.from(await icon.arrayBuffer())]).toEqual([
    'image/x-icon',
    Buffer.from([0, 255, 1]),
  ]);
});

test.each([
  'nope.js',
  'way-out.txt',
  '..%2fsecret.txt',
  '%2e%2e/secret.txt',
  'assets/../../secret.txt',
  '/etc/passwd',
  'assets',
  '%E0%A4%A',
  '%00',
  '',
])('/fe-static/%s is 404', async (name) => {
  const { app } = await launch();
  const { status } = await rawGet(`${app.url}/fe-static/${name}`);
  expect(status).toBe(404);
});

/** Without the tidying of paths that `fetch` does. */
function rawGet(url: string): Promise<{ status: number | undefined }> {
  const { hostname, port, origin } = new URL(url);
  return new Promise((resolve, reject) => {
    import('node:http')
      .then(({ get }) =>
        get({ hostname, port, path: url.slice(origin.length) }, (response) =>
          resolve({ status: response.resume().statusCode }),
        ).on('error', reject),
      )
      .catch(reject);
  });
}

test('the page and its files need no key, the API does', async () => {
  const { app } = await launch({ secretKey: 'sesame' });
  const status = async (route: string) => (await fetch(app.url + route)).status;
  expect(await status('')).toBe(200);
  expect(await status('/fe-static/assets/index-0d9d1a2b.js')).toBe(200);
  expect(await status('/global_setting')).toBe(401);
});

test('its scripts may run, in frames of our own pages and of those named only', async () => {
  const own = await launch();
  expect((await fetch(own.app.url)).headers.get('content-security-policy')).toBe(
    "object-src 'none'; base-uri 'self'; frame-ancestors 'self'",
  );
  const shown = await launch({ exportFeFn: true, allowCors: ['https://a.example'] });
  expect((await fetch(shown.app.url)).headers.get('content-security-policy')).toBe(
    "object-src 'none'; base-uri 'self'; frame-ancestors 'self' https://a.example",
  );
});

test('below the mount path of a host application its texts name that path', async () => {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const service = await openService({
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
    feDir: await makeFrontEnd(folder),
  });
  cleanups.push(() => service.close());
  const app = express();
  app.use('/:tenant', iibRouter(service));
  const server = createServer(app).listen(0, '127.0.0.1');
  cleanups.push(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const tenant of ['ann', 'bob']) {
    const page = await fetch(`${origin}/${tenant}/infinite_image_browsing/`);
    expect(await page.text()).toContain(
      `src="/${tenant}/infinite_image_browsing/fe-static/assets/index-0d9d1a2b.js"`,
    );
  }
  const { status } = await rawGet(`${origin}/"-alert()-"/infinite_image_browsing/`);
  expect([400, 404]).toContain(status);
});

test('what the front end asks for at its start is as it reads it', async () => {
  const { app, folder, at } = await launch();
  const get = async (route: string) =>
    (await fetch(app.url + route)).json() as Promise<Record<string, unknown>>;
  const post = async (route: string, body?: object) => {
    const response = await fetch(app.url + route, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return [response.status, await response.json()] as [number, Record<string, unknown>];
  };

  const setting = await get('/global_setting');
  expect(setting).toMatchObject({
    global_setting: expect.any(Object),
    sd_cwd: expect.any(String),
    home: expect.any(String),
    cwd: expect.any(String),
    is_win: expect.any(Boolean),
    is_readonly: false,
    enable_access_control: expect.any(Boolean),
    export_fe_fn: false,
    app_fe_setting: expect.any(Object),
    extra_paths: expect.arrayContaining([expect.objectContaining({ types: expect.any(Array) })]),
    all_custom_tags: expect.arrayContaining([expect.objectContaining({ name: 'like', type: 'custom' })]),
  });
  expect(setting['launch_mode']).not.toBe('sd');

  const [, exists] = await post('/check_path_exists', { paths: [at('a.png'), at('nope')] });
  expect(exists).toEqual({ [at('a.png')]: true, [at('nope')]: false });
  expect(await get('/version')).toMatchObject({ tag: expect.any(String) });

  // Normal mode walks down from the root, one part of the path after the other.
  const parts = path.join(folder, 'library').split(path.sep).filter(Boolean);
  let current = '/';
  for (const part of parts) {
    const { files } = (await get(`/files?folder_path=${encodeURIComponent(current)}`)) as {
      files: { name: string; fullpath: string }[];
    };
    const entry = files.find((file) => file.name === part) ?? expect.fail(`no ${part} in ${current}`);
    current = entry.fullpath;
  }
  expect(current).toBe(path.join(folder, 'library'));

  // Walk mode compares these two deeply, again and again.
  const { files } = (await get(`/files?folder_path=${encodeURIComponent(current)}`)) as {
    files: { name: string }[];
  };
  const [, infos] = await post('/batch_get_files_info', { paths: [at('sub'), at('a.png')] });
  for (const name of ['sub', 'a.png'])
    expect(infos[at(name)]).toEqual(files.find((file) => file.name === name));
  expect(infos[at('a.png')]).toMatchObject({ date: '2024-01-01 00:00:00' });
  expect(infos[at('sub')]).not.toHaveProperty('bytes');

  const geninfo: unknown = await get(`/image_geninfo?path=${encodeURIComponent(at('a.png'))}`);
  expect(geninfo).toMatch(/^a kite\n/);
  const like = (setting['all_custom_tags'] as { id: number; name: string }[]).find(
    (tag) => tag.name === 'like',
  );
  const toggle = () =>
    post('/db/toggle_custom_tag_to_img', { img_path: at('a.png'), tag_id: String(like?.id) });
  expect([await toggle(), await toggle()]).toEqual([
    [200, { is_remove: 0 }],
    [200, { is_remove: 1 }],
  ]);
  expect(await post('/db/update_image_data')).toEqual([200, null]);
  expect(await post('/db/rebuild_index', {})).toEqual([200, null]);
  expect(await post('/app_fe_setting', { name: 'global', value: '{"a":1}', more: true })).toEqual([
    200,
    null,
  ]);
  const removed = await fetch(`${app.url}/app_fe_setting`, {
    method: 'DELETE',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"global"}',
  });
  expect([removed.status, await removed.json()]).toEqual([200, null]);
});

test.each([
  ['a folder that is not there', 'nowhere', /^option feDir: .*nowhere cannot be read \(ENOENT\)$/],
  ['a folder without a page', 'library', /^option feDir: .*library has no index\.html$/],
  ['a file', 'library/a.png', /^option feDir: .*a\.png is not a folder that can be read$/],
])('%s is refused by name, and nothing is left open', async (_, name, message) => {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  await makeImage(path.join(folder, 'library/a.png'));
  const options = { feDir: path.join(folder, name), dbPath: path.join(folder, 'iib.db') };
  await expect(openService(options)).rejects.toThrow(message);
});
