import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

import { onTestFinished } from 'vitest';

/** Why this process cannot mount drives; undefined where it can: as root on Linux, unless a container forbids it. */
export const cannotMount = whyNot();

function whyNot(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux has drives in memory';
  if (process.getuid?.() !== 0) return 'only root may mount drives';
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'drive', '/mnt'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'this machine forbids mounting';
  }
}

/** A drive of four megabytes at a folder, which is made; gone when the test is over. */
export function smallDrive(folder: string) {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'drive', folder]);
  // Lazily: what still has a file of it open lets it go in the end.
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  const filler = path.join(folder, 'filler');
  return {
    fill(): void {
      const file = openSync(filler, 'a');
      try {
        for (const size of [65_536, 4096, 1]) writeUntilFull(file, Buffer.alloc(size));
      } finally {
        closeSync(file);
      }
    },
    makeRoom: () => rmSync(filler, { force: true }),
    remount: (mode: 'ro' | 'rw') => void execFileSync('mount', ['-o', `remount,${mode}`, folder]),
  };
}

function writeUntilFull(file: number, bytes: Buffer): void {
  try {
    while (writeSync(file, bytes) === bytes.length);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
