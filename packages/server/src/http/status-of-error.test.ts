import { IndexError } from '@iib-kit/catalog';
import { ThumbnailError } from '@iib-kit/thumbnails';
import { expect, test } from 'vitest';

import { Refusal } from '../ports/refusal.ts';
import { messageForClients, refusalOf, refusedReply, statusOfPackageError } from './status-of-error.ts';

test.each([
  [new Refusal('outside-allowed-folders', { path: '/a' }), 403, '"/a" is outside the allowed folders', {}],
  [new Refusal('missing', { path: '/a' }), 404, '"/a" is not there', {}],
  [new Refusal('exists', { path: '/a' }), 409, '"/a" is there already', {}],
  [new Refusal('drive-unreachable', { path: '/a' }), 503, '"/a" cannot be reached now', {}],
  [
    new Refusal('no-video-decoder', {}),
    501,
    'the server cannot read videos: install node-av beside it (npm install node-av), or an ffmpeg program in its PATH',
    {},
  ],
  [
    new Refusal('too-many-archives', { limit: 4 }),
    429,
    '4 archives are being made already',
    { 'retry-after': '5' },
  ],
  [
    new Refusal('provider-overloaded', { why: '429', retryAfter: '7' }),
    429,
    "the model's provider answered 429",
    { 'retry-after': '7' },
  ],
  [
    new Refusal('provider-overloaded', { why: '429', retryAfter: undefined }),
    429,
    "the model's provider answered 429",
    {},
  ],
])('%s is answered with %d', (refusal, status, message, headers) => {
  expect(refusedReply(refusal)).toMatchObject({ status, message, headers });
});

test('a refusal is told in the language of the server', () => {
  expect(refusedReply(new Refusal('unreadable', { path: '$&.png' })).detail).toMatchObject({
    en: '"$&.png" cannot be read by the server',
    zh: '服务器无法读取 "$&.png"',
  });
});

test.each([
  ['locked', 503],
  ['read-only', 503],
  ['input-output', 503],
  ['disk-full', 507],
] as const)('an index that is %s is answered with %d, in its own words', (code, status) => {
  const error = new IndexError(code, 'the reason: /iib.db');
  expect([statusOfPackageError(error), messageForClients(error)]).toEqual([status, 'the reason: /iib.db']);
});

test('a server without a decoder of videos refuses them in its own words', () => {
  const error = new ThumbnailError('no-video-decoder', 'name it by the option ffmpegPath');
  expect(refusalOf(error)).toMatchObject({ code: 'no-video-decoder', cause: error });
  expect(messageForClients(error)).toMatch(/^the server cannot read videos: install node-av/);
  expect(refusalOf(new ThumbnailError('truncated', 'it ends early'))).toBe(undefined);
});

test('clients are told of refusals and of errors that our packages mean for them, of no others', () => {
  const ofIndex = (code: string) => Object.assign(new Error(`it is ${code}`), { name: 'IndexError', code });
  expect(messageForClients(new Refusal('missing', { path: 'a' }))).toBe('"a" is not there');
  expect(messageForClients(ofIndex('unknown-tag'))).toBe('it is unknown-tag');
  expect(messageForClients(ofIndex('corrupt'))).toBeUndefined();
  expect(messageForClients(new TypeError('a bug'))).toBeUndefined();
});
