import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { maxSidecarBytes, readSidecarText } from './read-sidecar-text.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sidecar-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

it('changes the extension alone, not a dot in a folder or in the name', () => {
  const folder = join(temporaryFolder(), 'v1.5');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.b.txt'), 'a caption');
  expect(readSidecarText(join(folder, 'a.b.png'))).toBe('a caption');
  expect(readSidecarText(join(folder, 'a.png'))).toBeUndefined();
});

it('reads no more than the longest text', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'long.txt'), 'x'.repeat(maxSidecarBytes + 1));
  expect(maxSidecarBytes).toBe(65_536);
  expect(readSidecarText(join(folder, 'long.png'))).toBe('x'.repeat(65_536));
});

it('takes a folder of that name for no caption', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'a.txt'));
  expect(readSidecarText(join(folder, 'a.png'))).toBeUndefined();
});
