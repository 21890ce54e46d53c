import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { expect, test } from 'vitest';

import { secretKeyCheck } from './secret-key.ts';
import { WrongKeys } from './wrong-keys.ts';

const wrongKeys = new WrongKeys({ wrongKeys: 100, wrongKeySeconds: 60 });
const keyCheck = secretKeyCheck('open sesame', { wrongKeys });
const check = (headers: IncomingHttpHeaders) => keyCheck(headers, () => '192.0.2.1');
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

/** As Node gives the bytes of a header. */
const received = (bytes: Buffer) => bytes.toString('latin1');

test.each([
  ['schlüssel', 'as UTF-8', received(Buffer.from('schlüssel'))],
  ['schlüssel', 'as ISO 8859-1', 'schlüssel'],
  ['鍵 🗝', 'as UTF-8', received(Buffer.from('鍵 🗝'))],
])('the key %j is known %s, and by its cookie', (key, _, shown) => {
  const keyed = secretKeyCheck(key, { wrongKeys });
  const digest = createHash('sha256').update(`${key}_ciallo`).digest('hex');
  expect(() => keyed({ authorization: `Bearer ${shown}` }, () => '192.0.2.1')).not.toThrow();
  expect(() => keyed({ cookie: `IIB_S=${digest}` }, () => '192.0.2.1')).not.toThrow();
});

test('letters that ISO 8859-1 has not do not stand for others', () => {
  const keyed = secretKeyCheck('\u0141', { wrongKeys });
  // The lower byte of that letter.
  expect(() => keyed({ authorization: 'Bearer A' }, () => '192.0.2.1')).toThrow(
    expect.objectContaining({ status: 401 }),
  );
});

test('after too many wrong keys even the right one must wait, and nobody else', () => {
  const told: string[] = [];
  const limited = secretKeyCheck('open sesame', {
    wrongKeys: new WrongKeys({ wrongKeys: 2, wrongKeySeconds: 60 }),
    onTooMany: (address) => told.push(address),
  });
  const status = (key: string, address: string): number => {
    try {
      limited({ authorization: `Bearer ${key}` }, () => address);
      return 200;
    } catch (error) {
      return (error as { status: number }).status;
    }
  };
  expect(['a', 'a', 'b', 'c', 'open sesame'].map((key) => status(key, '192.0.2.1'))).toEqual([
    401, 401, 401, 429, 429,
  ]);
  expect(status('open sesame', '192.0.2.2')).toBe(200);
  expect(told).toEqual(['192.0.2.1']);
});

test('requests without any key are not counted', () => {
  const limited = secretKeyCheck('open sesame', {
    wrongKeys: new WrongKeys({ wrongKeys: 1, wrongKeySeconds: 60 }),
  });
  for (let request = 0; request < 5; request += 1) {
    expect(() => limited({}, () => '192.0.2.1')).toThrow(expect.objectContaining({ status: 401 }));
  }
  expect(() => limited({ authorization: 'Bearer open sesame' }, () => '192.0.2.1')).not.toThrow();
});
