import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, test } from 'vitest';

import { ApiError } from '../src/errors/api-error.ts';
import { ClientError } from '../src/errors/client-error.ts';
import { createClient as createBrowserClient } from '../src/browser.ts';
import { createClient as createNodeClient } from '../src/index.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function json(value: unknown, status = 200): RequestListener {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => expect.fail(`resolved with ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}

describe.each([
  ['Node', createNodeClient],
  ['browsers', createBrowserClient],
])('the client for %s', (_, createClient) => {
  test('GET input travels as query, POST input as JSON, both below the base', async () => {
    const seen: { method: string | undefined; url: string | undefined; body: string; key: unknown }[] = [];
    const origin = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        seen.push({ method: request.method, url: request.url, body, key: request.headers.authorization });
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(request.method === 'GET' ? '{"files":[]}' : 'null');
      });
    });
    const client = createClient({ baseUrl: `${origin}/base/`, secretKey: 'k y' });
    await client.fileSystem.list({ folder_path: '/a b&c' });
    await client.tags.batchUpdate({ img_paths: ['/猫.png'], action: 'add', tag_id: 7 });
    expect(seen).toEqual([
      { method: 'GET', url: '/base/files?folder_path=%2Fa+b%26c', body: '', key: 'Bearer k y' },
      {
        method: 'POST',
        url: '/base/db/batch_update_image_tag',
        body: '{"img_paths":["/猫.png"],"action":"add","tag_id":7}',
        key: 'Bearer k y',
      },
    ]);
  });

  test('a key travels in UTF-8, whatever its letters are', async () => {
    const seen: (string | undefined)[] = [];
    const origin = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(200, { 'content-type': 'application/json' }).end('"hello"');
    });
    for (const secretKey of ['schlüssel', '鍵 🗝']) {
      await createClient({ baseUrl: origin, secretKey }).system.hello();
    }
    // Node gives the bytes of a header as ISO 8859-1.
    expect(seen.map((header) => Buffer.from(header ?? '', 'latin1').toString())).toEqual([
      'Bearer schlüssel',
      'Bearer 鍵 🗝',
    ]);
    expect(() => createClient({ baseUrl: origin, secretKey: 'two\nlines' })).toThrow(
      new TypeError('option secretKey must have no control characters'),
    );
  });

  test('a refusal of the server is an ApiError with status and detail', async () => {
    const detail = [{ loc: ['body', 'size'], msg: 'expected a whole number', type: 'invalid_union' }];
    const client = createClient({ baseUrl: await serve(json({ detail }, 422)) });
    const error = await failure(client.search.bySubstring());
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, detail, message: '422: body.size: expected a whole number' });
  });

  test('media come as status, headers and bytes', async () => {
    const origin = await serve((request, response) => {
      response.writeHead(206, { 'content-type': 'image/webp', 'x-range': String(request.headers.range) });
      response.end(Buffer.from([1, 2, 3]));
    });
    const answer = await createClient({ baseUrl: origin }).media.file(
      { path: '/a' },
      { headers: { range: 'bytes=1-3' } },
    );
    expect([answer.status, answer.headers.get('x-range')]).toEqual([206, 'bytes=1-3']);
    expect(await answer.bytes()).toEqual(new Uint8Array([1, 2, 3]));
  });

  test('a page of a proxy is not this API', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<h1>Bad gateway</h1>');
    });
    const error = await failure(createClient({ baseUrl: origin }).system.version());
    expect(error).toBeInstanceOf(ClientError);
    expect(error).toMatchObject({ code: 'not-this-api', url: `${origin}/version` });
  });

  test('an answer of another shape is refused, unless validation is off', async () => {
    const origin = await serve(json('good day'));
    const error = await failure(createClient({ baseUrl: origin }).system.hello());
    expect(error).toMatchObject({ code: 'unexpected-shape' });
    expect(await createClient({ baseUrl: origin, validate: false }).system.hello()).toBe('good day');
  });

  test('a refused connection is told, with the reason', async () => {
    const origin = await serve(json(null));
    servers[0]?.close();
    await new Promise((resolve) => setImmediate(resolve));
    const error = await failure(createClient({ baseUrl: origin }).system.hello());
    expect(error).toMatchObject({ code: 'refused' });
    expect(String(error)).toContain('ECONNREFUSED');
  });

  test('an answer that is cut is interrupted', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('"hel', () => response.destroy());
    });
    const error = await failure(createClient({ baseUrl: origin }).system.hello());
    expect(error).toMatchObject({ code: 'interrupted' });
  });

  test('no answer within the timeout is a timeout; a body that never ends counts too', async () => {
    const silent = await serve(() => {});
    expect(await failure(createClient({ baseUrl: silent, timeout: 50 }).system.hello())).toMatchObject({
      code: 'timeout',
    });
    const endless = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('"h');
    });
    expect(await failure(createClient({ baseUrl: endless, timeout: 50 }).system.hello())).toMatchObject({
      code: 'timeout',
    });
  });

  test('an abort rejects with the reason of the signal', async () => {
    const origin = await serve(() => {});
    const controller = new AbortController();
    const reason = new Error('the user went on');
    const pending = failure(
      createClient({ baseUrl: origin }).system.hello({}, { signal: controller.signal }),
    );
    setTimeout(() => controller.abort(reason), 20);
    expect(await pending).toBe(reason);
  });

  test.each([
    [
      { baseUrl: 'localhost:8000' },
      TypeError,
      'option baseUrl must be an http(s) address, not "localhost:8000"',
    ],
    [
      { baseUrl: 'http://a', timeout: -1 },
      RangeError,
      'option timeout must be milliseconds, 0 or more, not -1',
    ],
    [
      { baseUrl: 'http://a', timeout: 2 ** 31 },
      RangeError,
      'option timeout must be milliseconds, 0 or more, not 2147483648',
    ],
    [{ baseUrl: 'http://a', secretkey: 'x' }, TypeError, 'unknown option "secretkey"'],
  ])('%j is refused by name', (options, type, message) => {
    const create = () => createClient(options);
    expect(create).toThrow(type);
    expect(create).toThrow(message);
  });

  test('the longest time that timers can wait is taken', () => {
    const longest = 2 ** 31 - 1;
    const retry = { minDelay: longest, maxDelay: longest };
    expect(() => createClient({ baseUrl: 'http://a', timeout: longest, retry })).not.toThrow();
  });

  function events(...chunks: (string | Buffer)[]): RequestListener {
    return (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      for (const chunk of chunks) response.write(chunk);
      response.end();
    };
  }

  async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
    const found: T[] = [];
    for await (const item of items) found.push(item);
    return found;
  }

  test('events are read as they come, whatever the line breaks and wherever they are cut', async () => {
    const text =
      'retry: 2\n\n: still here\n\nid: r-1\r\nevent: marks\r\ndata: {"type":"marks","paths":["/猫"]}\r\n\r\ndata: {"type":\rdata:"marks","paths":[]}\r\r';
    const bytes = Buffer.from(text);
    for (let cut = 0; cut <= bytes.length; cut += 7) {
      const origin = await serve(events(bytes.subarray(0, cut), bytes.subarray(cut)));
      const client = createClient({ baseUrl: origin });
      expect(await all(await client.events.stream())).toEqual([
        { id: 'r-1', event: { type: 'marks', paths: ['/猫'] } },
        { event: { type: 'marks', paths: [] } },
      ]);
    }
  });

  test('leaving the loop over events closes the connection', async () => {
    let closed = (): void => {};
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const origin = await serve((_, response) => {
      response.on('close', closed);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"type":"marks","paths":[]}\n\n');
    });
    for await (const { event } of await createClient({ baseUrl: origin }).events.stream()) {
      expect(event).toEqual({ type: 'marks', paths: [] });
      break;
    }
    await isClosed;
  });

  test('a stream that breaks, is aborted or speaks of something else says so', async () => {
    const broken = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-length': '100' });
      response.write('data: {"type":"marks","paths":[]}\n\n', () => response.destroy());
    });
    const stream = await createClient({ baseUrl: broken }).events.stream();
    expect(await failure(all(stream))).toMatchObject({ name: 'ClientError', code: 'stream-cut' });

    const page = await serve((_, response) => void response.end('<p>hello'));
    expect(await failure(createClient({ baseUrl: page }).events.stream())).toMatchObject({
      code: 'not-this-api',
    });

    const strange = await serve(events('data: {"type":"party"}\n\n'));
    expect(await failure(createClient({ baseUrl: strange }).events.stream().then(all))).toMatchObject({
      code: 'unexpected-shape',
    });

    const silent = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
    });
    const stop = new AbortController();
    const reading = createClient({ baseUrl: silent }).events.stream({}, { signal: stop.signal }).then(all);
    setTimeout(() => stop.abort(new Error('enough')), 50);
    expect(await failure(reading)).toEqual(new Error('enough'));
  });
});
