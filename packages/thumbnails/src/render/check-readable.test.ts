import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { checkReadable } from './check-readable.ts';
import { asRenderFailure } from './render-failure.ts';

const dir = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'readable-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
};

test('a file that can be read to its end is passed, and one that is not there is refused', () => {
  const path = join(dir(), 'picture.jpg');
  writeFileSync(path, Buffer.alloc(600_000, 1));
  expect(() => checkReadable(path)).not.toThrow();
  expect(() => checkReadable(`${path}.gone`)).toThrow(expect.objectContaining({ code: 'unreadable' }));
});

// The memory at address 0, which no process has, fails as a drive does.
test.runIf(process.platform === 'linux')('a file whose read fails is unreadable, not cut off', () => {
  expect(() => checkReadable('/proc/self/mem')).toThrow(
    expect.objectContaining({ code: 'unreadable', message: expect.stringContaining('EIO') }),
  );
});

test.each([
  'EIO: i/o error, read',
  'VipsForeignLoad: unable to read from file\nsystem error: Input/output error',
])('%j is no fault of the picture', (message) => {
  expect(asRenderFailure(new Error(message), '/a.jpg').code).toBe('unreadable');
});
