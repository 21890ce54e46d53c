import { describe, expect, test } from 'vitest';

import { entries } from './helpers/entries.ts';
import { failure } from './helpers/failure.ts';
import { serve } from './helpers/servers.ts';

describe.each(entries)('the client for %s', (_, createClient) => {
  test('sends ranges and conditions, and tells what part came', async () => {
    const seen: unknown[] = [];
    const origin = await serve(({ headers }, response) => {
      seen.push([headers.range, headers['if-none-match'], headers['if-modified-since'], headers['if-range']]);
      response.writeHead(206, { 'content-type': 'image/png', 'content-range': 'bytes 1-3/10', etag: '"e"' });
      response.end('bcd');
    });
    const { file } = createClient({ baseUrl: origin }).media;
    const answer = await file({ path: '/a' }, { range: { start: 1, end: 3 }, ifRange: '"e"' });
    expect([answer.status, answer.range, answer.etag, await answer.text()]).toEqual([
      206,
      { start: 1, end: 3, size: 10 },
      '"e"',
      'bcd',
    ]);
    await file({ path: '/a' }, { range: { start: 7 } }).then((part) => part.bytes());
    await file({ path: '/a' }, { range: { last: 2 }, ifNoneMatch: '"e"' }).then((part) => part.bytes());
    const ifModifiedSince = new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678));
    await file({ path: '/a' }, { ifModifiedSince }).then((part) => part.bytes());
    expect(seen).toEqual([
      ['bytes=1-3', undefined, undefined, '"e"'],
      ['bytes=7-', undefined, undefined, undefined],
      ['bytes=-2', '"e"', undefined, undefined],
      [undefined, undefined, 'Fri, 02 Jan 2026 03:04:05 GMT', undefined],
    ]);
  });

  test.each([
    [{ start: -1 }, 'range.start must be a whole number of bytes, 0 or more, not -1'],
    [{ start: 5, end: 4 }, 'range.end must not be before range.start, 5, but is 4'],
    [{ last: 0.5 }, 'range.last must be a whole number of bytes, 0 or more, not 0.5'],
  ])('refuses the range %j', async (range, message) => {
    const { file } = createClient({ baseUrl: 'http://127.0.0.1' }).media;
    expect(await failure(file({ path: '/a' }, { range }))).toEqual(new RangeError(message));
  });

  test('reads bytes as a stream, at the pace of the reader, and lets go of them', async () => {
    let sent = 0;
    let closed = (): void => undefined;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const origin = await serve((__, response) => {
      response.on('close', closed);
      response.writeHead(200, { 'content-type': 'video/mp4' });
      const more = (): void => {
        for (let room = true; room && !response.destroyed; sent += 65_536) {
          room = response.write(Buffer.alloc(65_536, 7));
        }
      };
      response.on('drain', more);
      more();
    });
    const answer = await createClient({ baseUrl: origin }).media.streamVideo({ path: '/a' });
    let read = 0;
    for await (const chunk of answer.body ?? []) {
      read += chunk.length;
      expect(chunk[0]).toBe(7);
      if (read > 200_000) break;
    }
    await isClosed;
    // What was not asked for waited in buffers of bounded size, on either side.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  test('a 304 has no bytes, and leaves the connection for the next', async () => {
    const ports = new Set<number | undefined>();
    const origin = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.writeHead(304, { etag: '"e"' }).end();
    });
    const { thumbnail } = createClient({ baseUrl: origin }).media;
    for (let time = 0; time < 12; time += 1) {
      const answer = await thumbnail({ path: '/a' }, { ifNoneMatch: '"e"' });
      expect([answer.status, answer.body, (await answer.bytes()).length]).toEqual([304, null, 0]);
    }
    // A second one where the first was not free again yet.
    expect(ports.size).toBeLessThan(4);
  });

  test('answers that are not wanted any more are cancelled', async () => {
    let closed = (): void => undefined;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    const origin = await serve((__, response) => {
      response.on('close', closed);
      response.writeHead(200, { 'content-type': 'image/png' });
      response.write('a');
    });
    const answer = await createClient({ baseUrl: origin }).media.file({ path: '/a' });
    answer.cancel();
    expect(await isClosed).toBeUndefined();
  });

  test('addresses for pages carry the input and no secret', () => {
    const client = createClient({ baseUrl: 'http://127.0.0.1:8000/base/', secretKey: 'sesame' });
    expect(client.media.thumbnail.url({ path: '/a b&c', size: '64x64' })).toBe(
      'http://127.0.0.1:8000/base/image-thumbnail?path=%2Fa+b%26c&size=64x64',
    );
    expect(client.media.image.url({ filename: '猫 1.png', path: '/猫 1.png' })).toBe(
      'http://127.0.0.1:8000/base/img/%E7%8C%AB%201.png?path=%2F%E7%8C%AB+1.png',
    );
  });
});
