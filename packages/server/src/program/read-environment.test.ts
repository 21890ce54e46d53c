import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { readEnvironment } from './read-environment.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'read-environment-'));
});

afterAll(() => rm(folder, { recursive: true }));

const written = 'IIB_SECRET_KEY=schlüssel 鍵\r\nIIB_DB_PATH=a.db\r\n';

test.each([
  ['UTF-8', Buffer.from(written)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${written}`)],
  ['UTF-16 LE', Buffer.from(`\ufeff${written}`, 'utf16le')],
  ['UTF-16 BE', Buffer.from(`\ufeff${written}`, 'utf16le').swap16()],
])('.env in %s is read', async (_, bytes) => {
  await writeFile(path.join(folder, '.env'), bytes);
  expect(readEnvironment({ IIB_DB_PATH: 'b.db' }, folder)).toEqual({
    IIB_SECRET_KEY: 'schlüssel 鍵',
    IIB_DB_PATH: 'b.db',
  });
});

test.each([
  ['UTF-16 without a byte order mark', Buffer.from('IIB_SECRET_KEY=a', 'utf16le')],
  ['half a character of UTF-16', Buffer.from('\ufeffIIB_SECRET_KEY=a', 'utf16le').subarray(0, -1)],
  ['UTF-32', Buffer.from('fffe00004900000042000000', 'hex')],
  ['GBK', Buffer.from('IIB_SECRET_KEY=\xc3\xdc\xd4\xbf', 'latin1')],
])('.env in %s is refused', async (_, bytes) => {
  await writeFile(path.join(folder, '.env'), bytes);
  expect(() => readEnvironment({}, folder)).toThrow(
    'the file .env is neither UTF-8 nor UTF-16 with a byte order mark; save it as UTF-8',
  );
});

test.each([
  ['IIB_SECRET_KEY: abc\nIIB_DB_PATH=a.db\n', 1],
  ['# of the server\nIIB_SECRET_KEY abc', 2],
  ['IIB_SECRET_KEY', 1],
  ['IIB_DB_PATH=a.db\nset IIB_SECRET_KEY=abc\n', 2],
  ['$env:IIB_SECRET_KEY="abc"', 1],
  ['- IIB_SECRET_KEY=abc', 1],
  ['{"IIB_SECRET_KEY":"abc"}', 1],
])('.env with %j is refused by its line, without what stands there', async (content, line) => {
  await writeFile(path.join(folder, '.env'), content);
  expect(() => readEnvironment({}, folder)).toThrow(
    `line ${line} of the file .env does not set IIB_SECRET_KEY; write IIB_SECRET_KEY=value`,
  );
});

test.each([
  ['export IIB_SECRET_KEY = "a b" # of the server', { IIB_SECRET_KEY: 'a b' }],
  ['# IIB_SECRET_KEY: abc\nOTHER=IIB_SECRET_KEY', { OTHER: 'IIB_SECRET_KEY' }],
  ['IIB_SECRET_KEY=', { IIB_SECRET_KEY: '' }],
])('.env with %j sets %j', async (content, expected) => {
  await writeFile(path.join(folder, '.env'), content);
  expect(readEnvironment({}, folder)).toEqual(expected);
});

test('without .env the environment stays as it is', async () => {
  await rm(path.join(folder, '.env'));
  expect(readEnvironment({ A: 'b' }, folder)).toEqual({ A: 'b' });
});
