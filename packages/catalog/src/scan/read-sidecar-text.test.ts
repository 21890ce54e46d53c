import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { maxSidecarBytes, readSidecarText } from './read-sidecar-text.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'sidecar-'));
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

it.skipIf(process.platform === 'win32')(
  'takes no pipe and no device for a caption, and waits for neither',
  () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'a.txt')]);
    symlinkSync('/dev/zero', join(folder, 'a.png.txt'));
    expect(readSidecarText(join(folder, 'a.png'))).toBeUndefined();
  },
);

it.skipIf(process.platform === 'win32')(
  'follows a link inside of its folder, or of those that are given',
  () => {
    const folder = temporaryFolder();
    for (const name of ['in', 'out']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'out', 'a.txt'), 'from elsewhere');
    writeFileSync(join(folder, 'in', 'b.caption'), 'from here');
    symlinkSync('../out/a.txt', join(folder, 'in', 'a.txt'));
    symlinkSync('b.caption', join(folder, 'in', 'b.txt'));
    expect(readSidecarText(join(folder, 'in', 'a.png'))).toBeUndefined();
    expect(readSidecarText(join(folder, 'in', 'a.png'), [join(folder, 'in')])).toBeUndefined();
    expect(readSidecarText(join(folder, 'in', 'a.png'), [folder])).toBe('from elsewhere');
    expect(readSidecarText(join(folder, 'in', 'b.png'))).toBe('from here');
  },
);
