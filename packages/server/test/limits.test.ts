import { once } from 'node:events';
import { truncate } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { launcher } from './helpers/launched-app.ts';
import { rawExchange, requestText } from './helpers/raw-exchange.ts';
import { until } from './helpers/until.ts';

const launch = launcher();
const host = 'Host: localhost';
const json = 'Content-Type: application/json';
const statusOf = async (answer: Promise<string>) => (await answer).split(' ')[1] ?? 'cut';

test('a client that does not finish its headers is cut off', async () => {
  const { app } = await launch({ limits: { headerSeconds: 1 } });
  const { answer } = rawExchange(
    app.url,
    `GET /infinite_image_browsing/hello HTTP/1.1\r\n${host}\r\nX-Slow: `,
  );
  expect(await statusOf(answer)).toBe('408');
});

test('a client that does not finish its body is cut off', async () => {
  const { app } = await launch({ limits: { requestSeconds: 1 } });
  const head = requestText(
    'POST /infinite_image_browsing/db/search_by_substr HTTP/1.1',
    host,
    json,
    'Content-Length: 100',
  );
  const { answer } = rawExchange(app.url, `${head}{"sur`);
  expect(await statusOf(answer)).toBe('408');
});

test('a client that takes nothing of an answer is cut off', async () => {
  const { app, image } = await launch({ limits: { stallSeconds: 1 } });
  const size = 256 * 1024 * 1024;
  await truncate(image, size);
  const route = `/infinite_image_browsing/file?path=${encodeURIComponent(image)}`;
  const { socket, answer } = rawExchange(app.url, requestText(`GET ${route} HTTP/1.1`, host));
  await once(socket, 'data');
  socket.pause();
  await sleep(3000);
  socket.resume();
  const received = await answer;
  expect(received).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(received.length).toBeLessThan(size);
});

test('a client that takes an answer slowly, and takes it, gets all of it', async () => {
  const { app, image } = await launch({ limits: { stallSeconds: 4 } });
  const size = 48 * 1024 * 1024;
  await truncate(image, size);
  const route = `/infinite_image_browsing/file?path=${encodeURIComponent(image)}`;
  const { socket, answer } = rawExchange(
    app.url,
    requestText(`GET ${route} HTTP/1.1`, host, 'Connection: close'),
  );
  for (let pause = 0; pause < 16; pause += 1) {
    await once(socket, 'data');
    socket.pause();
    await sleep(300);
    socket.resume();
  }
  const received = await answer;
  expect(received.length - received.indexOf('\r\n\r\n') - 4).toBe(size);
});

test('more connections than the limit are closed at once', async () => {
  const { app } = await launch({ limits: { connections: 2 } });
  const open = [rawExchange(app.url, ''), rawExchange(app.url, '')];
  await Promise.all(open.map(({ socket }) => once(socket, 'connect')));
  const hello = requestText('GET /infinite_image_browsing/hello HTTP/1.1', host, 'Connection: close');
  const answer = () => statusOf(rawExchange(app.url, hello).answer);
  expect(await until(answer, (status) => status === 'cut')).toBe('cut');
  for (const { socket } of open) socket.destroy();
  expect(await until(answer, (status) => status === '200')).toBe('200');
});

test('more requests than are answered at once are told to come again', async () => {
  const { app, image } = await launch({
    limits: { requestsAtOnce: 1 },
    onSendImage: () => new Promise(() => {}),
  });
  const query = new URLSearchParams({ path: image }).toString();
  await fetch(`${app.url}/send_img_path?${query}`, { method: 'POST' });
  const waiting = fetch(`${app.url}/gen_info_completed`);
  await sleep(500);
  const refused = await until(
    () => fetch(`${app.url}/hello`),
    ({ status }) => status === 429,
  );
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  expect(await (await waiting).json()).toBe(false);
  expect((await fetch(`${app.url}/hello`)).status).toBe(200);
});

test('bodies take no more memory than they may', async () => {
  const { app } = await launch({ limits: { bodyBytes: 1000, bodyBytesAtOnce: 1000 } });
  const head = requestText(
    'POST /infinite_image_browsing/db/search_by_substr HTTP/1.1',
    host,
    json,
    'Content-Length: 900',
  );
  const first = rawExchange(app.url, `${head}${' '.repeat(800)}`);
  const search = (bytes: number) =>
    fetch(`${app.url}/db/search_by_substr`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{}${' '.repeat(bytes)}`,
    });
  const refused = await until(
    () => search(500),
    ({ status }) => status !== 200,
  );
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  first.socket.destroy();
  await until(
    () => search(500),
    ({ status }) => status === 200,
  );
});

test('a body of unknown length is refused when it grows too long, with an answer', async () => {
  const { app } = await launch({ limits: { bodyBytes: 1000 } });
  const head = requestText(
    'POST /infinite_image_browsing/db/search_by_substr HTTP/1.1',
    host,
    json,
    'Transfer-Encoding: chunked',
  );
  const { answer } = rawExchange(app.url, `${head}400\r\n${' '.repeat(1024)}\r\n`);
  const received = await answer;
  expect(received).toMatch(/^HTTP\/1\.1 413 /);
  expect(received).toContain('{"detail":"a request body can have at most 1000 bytes"}');
});

const route = 'GET /infinite_image_browsing/hello HTTP/1.1';
test.each([
  ['headers that are too large', [route, host, `X-Long: ${'x'.repeat(20_000)}`], '431'],
  ['a path that is too long', [`GET /${'x'.repeat(20_000)} HTTP/1.1`, host], '431'],
  ['two hosts', [route, host, 'Host: evil.example'], '400'],
  ['no host', [route], '400'],
  ['two lengths', [route, host, 'Content-Length: 1', 'Content-Length: 2'], '400'],
  ['a length below nothing', [route, host, 'Content-Length: -1'], '400'],
  ['a length and chunks', [route, host, 'Content-Length: 5', 'Transfer-Encoding: chunked'], '400'],
  ['a header name with a space before the colon', [route, 'Host : localhost'], '400'],
  ['a line break in a header', [route, host, 'X-A: 1\u0000'], '400'],
  ['no HTTP at all', ['hello'], '400'],
  [
    'five hundred headers',
    [route, host, 'Connection: close', ...Array.from({ length: 500 }, (_, i) => `X-${i}: 1`)],
    '200',
  ],
])('%s: %#', async (_, lines, status) => {
  const { app } = await launch();
  expect(await statusOf(rawExchange(app.url, requestText(...lines)).answer)).toBe(status);
});
