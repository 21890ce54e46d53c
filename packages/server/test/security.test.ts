import { createHash } from 'node:crypto';
import path from 'node:path';

import { api, inputPlace, isEvents, type Endpoint } from '@iib-kit/contract';
import { openIndex } from '@iib-kit/index-db';
import { openService, type Logger } from '@iib-kit/server';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';

import { launcher } from './helpers/launched-app.ts';
import { madeService } from './helpers/made-service.ts';
import { overTransports } from './helpers/over-transports.ts';
import { rawExchange, requestText } from './helpers/raw-exchange.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const launch = launcher();

/** A pino logger at a level, and the lines that it wrote. */
function written(level: string): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  return {
    log: pino({ level, base: null, timestamp: false }, { write: (line: string) => void lines.push(line) }),
    lines,
  };
}

const headersOf = (response: Response) =>
  Object.fromEntries(
    [
      'x-content-type-options',
      'referrer-policy',
      'cross-origin-resource-policy',
      'content-security-policy',
    ].map((name) => [name, response.headers.get(name)]),
  );

const confined = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-site',
};

const { service } = await madeService();
const failing = await failingService();

overTransports(service, ({ get, send, transport }) => {
  test('every answer is confined, whatever it is', async () => {
    const answers = [
      get('/hello'),
      get(''),
      get('/docs'),
      get('/files', { folder_path: '/etc' }),
      get('/file', { path: '/nowhere' }),
      send('POST', '/hello'),
      send('POST', '/db/search_by_substr', { size: 'x' }),
      ...(transport === 'node:http' ? [get('/nope')] : []),
    ];
    for (const response of await Promise.all(answers)) {
      expect([response.url, headersOf(response)]).toEqual([response.url, expect.objectContaining(confined)]);
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    }
  });

  test('a request keeps the name that its client gives it, where it is a plain one', async () => {
    const idOf = async (id: string) =>
      (await get('/hello', {}, { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await idOf('trace:1/a')).toBe('trace:1/a');
    for (const strange of ['a b', 'x'.repeat(129), '{"a":1}', '']) {
      const given = await idOf(strange);
      expect(given).not.toBe(strange);
      expect(given).toMatch(/^[\w-]+$/);
    }
  });

  test('a form of a foreign page changes nothing, whatever type it says it is', async () => {
    const post = async (headers: Record<string, string>, body: string | Uint8Array = '{"tag_name":"x"}') =>
      (await get('/db/add_custom_tag', {}, { method: 'POST', headers, body })).status;
    const plain = { 'content-type': 'text/plain' };
    expect(await post({ ...plain, origin: 'https://evil.example' })).toBe(403);
    expect(await post({ ...plain, origin: 'null' })).toBe(403);
    expect(await post({ ...plain, 'sec-fetch-site': 'cross-site' })).toBe(403);
    // Without any sign of a browser, the type is still wrong.
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      expect([type, await post({ 'content-type': type })]).toEqual([type, 415]);
    }
  });

  test('a body that is packed is refused, not unpacked', async () => {
    const response = await get(
      '/db/add_custom_tag',
      {},
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': 'zip' },
        body: 'x',
      },
    );
    await response.arrayBuffer();
    expect(response.status).toBe(415);
  });
});

overTransports(failing.service, ({ get }) => {
  test('what fails inside is told to the log with its cause, and to the client by its name in the log only', async () => {
    failing.lines.length = 0;
    const response = await get('/db/basic_info', {}, { headers: { 'x-request-id': 'r-500' } });
    expect([response.status, await response.json()]).toEqual([
      500,
      { detail: 'internal error', request_id: 'r-500' },
    ]);
    const [line] = failing.lines.map((text) => JSON.parse(text) as Record<string, unknown>);
    expect(line).toMatchObject({
      level: 50,
      msg: 'request failed',
      requestId: 'r-500',
      method: 'GET',
      path: '/infinite_image_browsing/db/basic_info',
      err: {
        message: expect.stringContaining('the table is gone'),
        stack: expect.stringContaining('disk on fire'),
      },
    });
  });
});

test('requests are logged from info on, without what they ask for', async () => {
  const { log, lines } = written('info');
  const { app, image } = await launch({ log });
  await fetch(`${app.url}/file?path=${encodeURIComponent(image)}`, { headers: { 'x-request-id': 'one' } });
  await fetch(`${app.url}/db/search_by_substr`, {
    method: 'POST',
    body: '{',
    headers: { 'x-request-id': 'two' },
  });
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  const common = { level: 30, msg: 'request', milliseconds: expect.any(Number) };
  expect(entries).toEqual([
    { ...common, requestId: 'one', method: 'GET', path: '/infinite_image_browsing/file', status: 200 },
    {
      ...common,
      requestId: 'two',
      method: 'POST',
      path: '/infinite_image_browsing/db/search_by_substr',
      status: 415,
    },
  ]);
});

test('a logger that does not want requests is not given any', async () => {
  const given: string[] = [];
  const log = {
    info: () => void given.push('info'),
    warn: () => void given.push('warn'),
    error: () => void given.push('error'),
    isLevelEnabled: () => false,
  };
  const { app } = await launch({ log });
  await fetch(`${app.url}/hello`);
  expect(given).toEqual([]);
});

test('no secret is in any answer or log line, whoever asks for what', async () => {
  const secretKey = 'sesame-7f3a';
  const apiKey = 'sk-provider-91c2';
  const cookie = createHash('sha256').update(`${secretKey}_ciallo`).digest('hex');
  const { log, lines } = written('trace');
  const { app } = await launch({ secretKey, log, ai: { apiKey }, limits: { wrongKeys: 1000 } });
  const callers: Record<string, string>[] = [
    { authorization: `Bearer ${secretKey}` },
    { cookie: `IIB_S=${cookie}` },
    { authorization: `Bearer ${secretKey}x` },
    { authorization: secretKey },
    {},
  ];
  const seen: string[] = [];
  for (const endpoint of Object.values(api).flatMap((group): Endpoint[] => Object.values(group))) {
    // A stream of events does not end.
    if (isEvents(endpoint.output)) continue;
    const answers = callers.map(async (headers) => {
      const init = { method: endpoint.method, headers: { ...headers, 'content-type': 'application/json' } };
      const url = `${app.url}${endpoint.path}`;
      const response = await (inputPlace(endpoint) === 'query'
        ? fetch(`${url}?path=x&key=${secretKey}`, init)
        : fetch(url, { ...init, body: JSON.stringify(endpoint.example) }));
      return `${JSON.stringify([...response.headers])}${await response.text()}`;
    });
    seen.push(...(await Promise.all(answers)));
  }
  for (const page of ['', '/docs', '/openapi.json', '/nope']) {
    for (const headers of callers) seen.push(await (await fetch(app.url + page, { headers })).text());
  }
  expect(seen.length).toBeGreaterThan(100);
  expect(lines.length).toBeGreaterThan(100);
  for (const secret of [secretKey, apiKey, cookie]) {
    expect(seen.filter((text) => text.includes(secret))).toEqual([]);
    expect(lines.filter((text) => text.includes(secret))).toEqual([]);
  }
  // Some five hundred requests.
}, 120_000);

test('wrong keys make their address wait and leave others alone, told apart behind a proxy', async () => {
  const { log, lines } = written('warn');
  const { app } = await launch({
    secretKey: 'sesame',
    log,
    trustedProxies: ['127.0.0.1'],
    limits: { wrongKeys: 3 },
  });
  const ask = (key: string, address: string) =>
    fetch(`${app.url}/version`, { headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': address } });
  const statuses = [];
  for (const key of ['a', 'a', 'b', 'c', 'sesame']) statuses.push((await ask(key, '203.0.113.7')).status);
  expect(statuses).toEqual([401, 401, 401, 401, 429]);
  const waiting = await ask('sesame', '203.0.113.7');
  expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(50);
  expect((await ask('sesame', '203.0.113.8')).status).toBe(200);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { msg: 'too many wrong keys', address: '203.0.113.7' },
  ]);
});

test('a caller without a key learns how to show one', async () => {
  const { app } = await launch({ secretKey: 'sesame' });
  const response = await fetch(`${app.url}/version`);
  expect([response.status, response.headers.get('www-authenticate')]).toEqual([
    401,
    'Bearer realm="iib-kit"',
  ]);
});

test('on any address without a key, only addresses and local names are answered to', async () => {
  const statusFor = async (url: string, name: string) => {
    const hello = requestText(
      'GET /infinite_image_browsing/hello HTTP/1.1',
      `Host: ${name}`,
      'Connection: close',
    );
    return (await rawExchange(url, hello).answer).split(' ')[1];
  };
  const open = await launch({ host: '0.0.0.0' });
  expect(await statusFor(open.app.url, '192.168.7.7:8000')).toBe('200');
  expect(await statusFor(open.app.url, 'evil.example')).toBe('403');
  const named = await launch({ host: '0.0.0.0', hosts: ['images.example'] });
  expect(await statusFor(named.app.url, 'images.example')).toBe('200');
  const keyed = await launch({ host: '0.0.0.0', secretKey: 'sesame' });
  expect(await statusFor(keyed.app.url, 'images.example')).toBe('200');
});

test('callers that come through a proxy may not add folders without a key', async () => {
  const { app, folder } = await launch({ hosts: ['127.0.0.1', 'images.example'] });
  const response = await fetch(`${app.url}/db/extra_paths`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: folder, types: ['scanned'] }),
  });
  expect(response.status).toBe(403);
});

test('/shutdown answers, then closes; with a key only who has it, read-only nobody', async () => {
  const { app } = await launch({ enableShutdown: true, secretKey: 'sesame' });
  const shutdown = (headers: Record<string, string> = {}) =>
    fetch(`${app.url}/shutdown`, { method: 'POST', headers });
  expect((await shutdown()).status).toBe(401);
  const response = await shutdown({ authorization: 'Bearer sesame' });
  expect([response.status, await response.json()]).toEqual([200, null]);
  await app.close();
  await expect(fetch(`${app.url}/hello`)).rejects.toThrow('fetch failed');

  const readOnly = await launch({ enableShutdown: true, permission: 'read-only' });
  expect((await fetch(`${readOnly.app.url}/shutdown`, { method: 'POST' })).status).toBe(403);
});

test('files may be put into any page only where pages of any origin may call', async () => {
  const answer = async (allowCors: true | string[]) => {
    const { app } = await launch({ allowCors });
    const { headers } = await fetch(`${app.url}/hello`, { headers: { origin: 'https://a.example' } });
    return [
      'cross-origin-resource-policy',
      'access-control-allow-origin',
      'access-control-expose-headers',
    ].map((name) => headers.get(name));
  };
  const exposed = 'accept-ranges, content-range, etag, retry-after, x-request-id';
  expect(await answer(['https://a.example'])).toEqual(['same-site', 'https://a.example', exposed]);
  expect(await answer(true)).toEqual(['cross-origin', '*', exposed]);
});

test('messages are Chinese where Chinese is asked for', async () => {
  const { app } = await launch({ language: 'zh' });
  const response = await fetch(`${app.url}/shutdown`, { method: 'POST' });
  expect([response.status, await response.json()]).toEqual([403, { detail: '未启用关闭服务器的功能。' }]);
});

test.each([
  [{ permision: 'read-only' }, 'unknown option "permision"; did you mean "permission"?'],
  [{ prot: 1 }, 'unknown option "prot"; did you mean "port"?'],
  [{ secretKey: '' }, 'option secretKey must be a text that is not empty'],
  [
    { accessControl: false, allowedPaths: [] },
    'option allowedPaths means nothing while accessControl is false',
  ],
  [{ allowedPaths: ['txt2img'] }, '"txt2img" in option allowedPaths needs sdWebuiConfig'],
  [{ sdWebuiPathRelativeToConfig: true }, 'option sdWebuiPathRelativeToConfig needs sdWebuiConfig'],
  [
    { allowCors: ['a.example'] },
    'option allowCors must list origins such as https://a.example, not "a.example"',
  ],
  [{ allowCors: ['https://a.example/x'] }, 'option allowCors must list origins'],
  [{ trustedProxies: ['proxy'] }, 'option trustedProxies must name addresses or networks, not "proxy"'],
  [{ limits: { bodyByte: 1 } }, 'unknown limit "bodyByte"; did you mean "bodyBytes"?'],
  [{ limits: { connections: 0 } }, 'limit connections must be a whole number above 0, not 0'],
  [{ ai: { chatmodel: 'x' } }, 'unknown option of ai "chatmodel"; did you mean "chatModel"?'],
  [{ dbBackups: -1 }, 'option dbBackups must be a whole number from 0 up, not -1'],
  [{ hosts: 'gallery.example' }, 'option hosts must be a list of host names or a function'],
  [{ language: 'de' }, 'option language must be one of en, zh, not "de"'],
  [{ log: {} }, 'option log must be a logger with warn and error'],
])('the option %j is refused by name', async (options, message) => {
  await expect(launch(options as object)).rejects.toThrow(message);
});

/** A service whose index fails on being asked for its state, and what it logs. */
async function failingService() {
  const { folder, remove } = await temporaryFolder();
  const { log, lines } = written('error');
  const opened = await openService({
    cacheDir: path.join(folder, 'cache'),
    log,
    index: async () => {
      const real = await openIndex({ path: path.join(folder, 'iib.db') });
      const basicInfo = () =>
        Promise.reject(new Error('the table is gone', { cause: new Error('disk on fire') }));
      return { ...real, basicInfo };
    },
  });
  afterAll(async () => {
    await opened.close();
    await remove();
  });
  return { service: opened, lines };
}
