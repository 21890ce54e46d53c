import { describe, expect, test } from 'vitest';

import { isApiError } from '../src/errors/api-error.ts';
import { isClientError } from '../src/errors/client-error.ts';
import { entries } from './helpers/entries.ts';
import { failure } from './helpers/failure.ts';
import { freePort, inTurn, json, serve, serveTcp, serveWithUnknownCertificate } from './helpers/servers.ts';

describe.each(entries)('the client for %s', (_, createClient) => {
  /** What the first call to an address fails with. */
  const failureAt = async (baseUrl: string, options: { timeout?: number } = {}) => {
    const error = await failure(
      createClient({ baseUrl, retry: { limit: 0 }, ...options }).search.basicInfo(),
    );
    expect(isClientError(error) && !isApiError(error)).toBe(true);
    expect(String(error)).toContain(baseUrl);
    return error;
  };

  test('tells that nothing listens', async () => {
    expect(await failureAt(`http://127.0.0.1:${await freePort()}`)).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('start the server'),
    });
  });

  test('tells that there is no such host', async () => {
    expect(await failureAt('http://no-such-host.invalid')).toMatchObject({
      code: expect.stringMatching(/^(?:unknown-host|unreachable)$/),
      message: expect.stringContaining('baseUrl'),
    });
  });

  test('tells that the certificate is not accepted', async () => {
    expect(await failureAt(await serveWithUnknownCertificate(json(null)))).toMatchObject({
      code: 'certificate',
      message: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  test('tells that the server speaks HTTP where https: was given, or no HTTP at all', async () => {
    const plain = (await serve(json(null))).replace('http:', 'https:');
    expect(await failureAt(plain)).toMatchObject({ code: 'wrong-protocol' });
    const other = await serveTcp((socket) => void socket.write('220 mail.example ESMTP\r\n'));
    expect(await failureAt(other)).toMatchObject({ code: 'wrong-protocol' });
  });

  test('tells a page of a proxy from the API, whatever its status', async () => {
    for (const status of [200, 404, 502]) {
      const origin = await serve((_, response) => {
        response.writeHead(status, { 'content-type': 'text/html' });
        response.end('<h1>Welcome to nginx</h1>');
      });
      expect(await failureAt(origin)).toMatchObject({
        code: 'not-this-api',
        status,
        message: expect.stringContaining(`answered ${status} with text/html`),
      });
    }
  });

  test('tells that the base path is another one, where the endpoint knows no 404 or says nothing of what is missing', async () => {
    const origin = await serve(json({ detail: 'not found' }, 404));
    expect(await failureAt(`${origin}/wrong`)).toMatchObject({
      code: 'wrong-base-url',
      message: expect.stringContaining('GET /db/basic_info'),
    });
    const client = createClient({ baseUrl: origin });
    expect(await failure(client.media.file({ path: '/a' }))).toMatchObject({ code: 'wrong-base-url' });
    const missing = await serve(json({ detail: '"/a" is not there' }, 404));
    const error = await failure(createClient({ baseUrl: missing }).media.file({ path: '/a' }));
    expect(isApiError(error) && error.code).toBe('not-found');
  });

  test('tells an answer of another version by the field that differs', async () => {
    const origin = await serve(json({ images: 5 }));
    expect(await failureAt(origin)).toMatchObject({
      code: 'unexpected-shape',
      message: expect.stringContaining('img_count'),
    });
    const unchecked = createClient({ baseUrl: origin, validate: false });
    expect(await unchecked.search.basicInfo()).toEqual({ images: 5 });
  });

  test('tells half an answer: a connection that ends too early, and JSON that does', async () => {
    const lengthy = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"img_', () => response.destroy());
    });
    expect(await failureAt(lengthy)).toMatchObject({ code: 'interrupted' });
    const chunked = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"img_', () => response.destroy());
    });
    expect(await failureAt(chunked)).toMatchObject({ code: 'interrupted' });
    const untilClose = await serveTcp((socket) => {
      socket.once('data', () =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{"img_'),
      );
    });
    expect(await failureAt(untilClose)).toMatchObject({ code: 'interrupted' });
    const nothing = await serveTcp((socket) => void socket.once('data', () => socket.end()));
    expect(await failureAt(nothing)).toMatchObject({ code: 'interrupted' });
  });

  test('follows redirects, and tells a loop of them', async () => {
    const target = await serve((request, response) => {
      json(`${request.method} ${request.url}`)(request, response);
    });
    const moved = await serve((request, response) => {
      response.writeHead(307, { location: `${target}${request.url}` }).end();
    });
    const client = createClient({ baseUrl: moved, validate: false });
    expect(await client.search.byQuery({ query: 'fox' })).toBe('POST /db/search');
    const loop = await serve((request, response) => {
      response.writeHead(302, { location: request.url ?? '/' }).end();
    });
    expect(await failureAt(loop)).toMatchObject({ code: 'redirect-loop' });
  });

  test('tells bytes that broke off, however they are read', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': '100' });
      response.write('abc', () => setTimeout(() => response.destroy(), 20));
    });
    const client = createClient({ baseUrl: origin });
    const whole = await client.media.file({ path: '/a' });
    expect(await failure(whole.bytes())).toMatchObject({ name: 'ClientError', code: 'stream-cut' });
    const stream = await client.media.file({ path: '/a' });
    const reading = (async () => {
      for await (const chunk of stream.body ?? []) expect(Buffer.from(chunk).toString()).toBe('abc');
    })();
    expect(await failure(reading)).toMatchObject({ name: 'ClientError', code: 'stream-cut' });
  });

  test('a timeout tells what to change, and leaves streams alone that have begun', async () => {
    expect(await failureAt(await serve(() => undefined), { timeout: 30 })).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('timeout'),
    });
    const slow = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      response.write('a');
      setTimeout(() => response.end('b'), 2500);
    });
    const answer = await createClient({ baseUrl: slow, timeout: 2000 }).media.file({ path: '/a' });
    expect(await answer.text()).toBe('ab');
  });

  test('waits for what answers when it is done, unless told otherwise', async () => {
    const origin = await serve((_, response) => {
      setTimeout(() => json(null)({} as never, response), 120);
    });
    const client = createClient({ baseUrl: origin, timeout: 40 });
    expect(await client.search.updateIndex()).toBeNull();
    expect(await failure(client.search.updateIndex({}, { timeout: 40 }))).toMatchObject({ code: 'timeout' });
  });

  test('an abort rejects with its reason: before, during, between two attempts, in a stream', async () => {
    const reason = { why: 'the user went on' };
    const silent = createClient({ baseUrl: await serve(() => undefined) });
    expect(await failure(silent.system.hello({}, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    const during = new AbortController();
    setTimeout(() => during.abort(reason), 20);
    expect(await failure(silent.system.hello({}, { signal: during.signal }))).toBe(reason);

    const busy = inTurn(json({ detail: 'busy' }, 429, { 'retry-after': '5' }));
    const between = new AbortController();
    const waiting = failure(
      createClient({ baseUrl: await serve(busy) }).system.hello({}, { signal: between.signal }),
    );
    await expect.poll(busy.count).toBe(1);
    setTimeout(() => between.abort(reason), 50);
    expect(await waiting).toBe(reason);
    expect(busy.count()).toBe(1);

    const endless = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      response.write('a');
    });
    const late = new AbortController();
    const answer = await createClient({ baseUrl: endless }).media.file(
      { path: '/a' },
      { signal: late.signal },
    );
    setTimeout(() => late.abort(reason), 20);
    expect(await failure(answer.bytes())).toBe(reason);
  });

  test('its signal closes the whole client', async () => {
    const closing = new AbortController();
    const client = createClient({ baseUrl: await serve(() => undefined), signal: closing.signal });
    const calls = Array.from({ length: 20 }, () => failure(client.system.hello()));
    setTimeout(() => closing.abort('closed'), 20);
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['closed']));
    expect(await failure(client.system.hello())).toBe('closed');
  });

  test.each([
    [400, 'bad-value'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [409, 'conflict'],
    [422, 'invalid-input'],
    [500, 'server-failed'],
    [418, 'other'],
  ])('a refusal with %i has the code %s', async (status, code) => {
    const origin = await serve(json({ detail: 'no' }, status, { 'x-request-id': 'r-1', 'retry-after': '3' }));
    expect(await failure(createClient({ baseUrl: origin }).tags.add({ tag_name: 'a' }))).toMatchObject({
      name: 'ApiError',
      code,
      status,
      detail: 'no',
      requestId: 'r-1',
      retryAfter: 3000,
      message: `${status}: no`,
    });
  });
});
