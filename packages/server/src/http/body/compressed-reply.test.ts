import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { compressedReply, takesGzip } from './compressed-reply.ts';
import { jsonReply } from '../reply.ts';

test.each([
  ['gzip', true],
  ['gzip, deflate, br', true],
  ['br;q=1.0, GZIP;q=0.5', true],
  ['*', true],
  ['*;q=0', false],
  ['gzip;q=0, *', false],
  ['br', false],
  ['', false],
  [undefined, false],
])('of %s gzip is taken: %s', (header, taken) => {
  expect(takesGzip(header)).toBe(taken);
});

test('a body is compressed, whether it is a text or comes in pieces', async () => {
  const long = { items: Array.from({ length: 5000 }, (_, at) => at) };
  for (const value of [{ short: true }, long]) {
    const { headers, body } = compressedReply(jsonReply(value), { 'accept-encoding': 'gzip' });
    expect(headers).toMatchObject({ 'content-encoding': 'gzip' });
    if (!(body instanceof Readable)) throw new Error('no stream');
    expect(JSON.parse(gunzipSync(await buffer(body)).toString())).toEqual(value);
  }
});

test('a client that does not take it gets the body as it is', () => {
  const reply = compressedReply(jsonReply({ a: 1 }), { 'accept-encoding': 'br' });
  expect(reply.body).toBe('{"a":1}');
  expect(reply.headers['content-encoding']).toBeUndefined();
});
