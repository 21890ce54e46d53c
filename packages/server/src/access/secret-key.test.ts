import { createHash } from 'node:crypto';

import { expect, test } from 'vitest';

import { secretKeyCheck } from './secret-key.ts';

const check = secretKeyCheck('open sesame');
const cookie = createHash('sha256').update('open sesame_ciallo').digest('hex');

test.each([
  ['the bearer key', { authorization: 'Bearer open sesame' }],
  ['the cookie of IIB', { cookie: `a=b; IIB_S=${cookie}; c=d` }],
])('%s passes', (_, headers) => {
  expect(() => check(headers)).not.toThrow();
});

test.each([
  ['nothing', {}],
  ['another key', { authorization: 'Bearer open sesam' }],
  ['the digest as bearer', { authorization: `Bearer ${cookie}` }],
  ['the key as cookie', { cookie: 'IIB_S=open sesame' }],
  ['a cookie that only ends in the name', { cookie: `XIIB_S=${cookie}` }],
  ['an empty cookie', { cookie: 'IIB_S=' }],
])('%s is refused as IIB refuses it', (_, headers) => {
  expect(() => check(headers)).toThrow(
    expect.objectContaining({ status: 401, detail: { type: 'secret_verification_failed' } }),
  );
});
