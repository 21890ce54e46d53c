import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { HashStore } from './hash-store.ts';

const recordBytes = 24;

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'hash-store-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

test('a file of hashes that is full is begun again, so that all of them have 64 MiB at most', async () => {
  const dir = folder();
  await new HashStore(dir).put('key', '0123456789abcdef');
  const [name = ''] = readdirSync(dir);
  expect(name).toMatch(/^[\da-f]{2}$/u);
  const path = join(dir, name);
  const full = Math.floor(2 ** 18 / recordBytes) * recordBytes;
  // One record short of it.
  appendFileSync(path, Buffer.alloc(full - 2 * recordBytes));
  await new HashStore(dir).put('key', '00112233445566ff');
  expect(statSync(path).size).toBe(full);
  expect(await new HashStore(dir).get('key')).toBe('0123456789abcdef');
  await new HashStore(dir).put('key', '8899aabbccddeeff');
  expect(statSync(path).size).toBe(recordBytes);
  expect(await new HashStore(dir).get('key')).toBe('8899aabbccddeeff');
});

test('half a record, and a folder that is gone, cost hashes and nothing else', async () => {
  const dir = join(folder(), 'hashes');
  mkdirSync(dir);
  await new HashStore(dir).put('key', '0123456789abcdef');
  const [name = ''] = readdirSync(dir);
  truncateSync(join(dir, name), recordBytes - 1);
  expect(await new HashStore(dir).get('key')).toBeUndefined();
  await new HashStore(dir).put('key', '8899aabbccddeeff');
  expect(await new HashStore(dir).get('key')).toBe('8899aabbccddeeff');
  rmSync(dir, { recursive: true });
  expect(await new HashStore(dir).get('key')).toBeUndefined();
});
