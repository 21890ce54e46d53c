import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { onTestFinished } from 'vitest';

/** Whether this process may mount drives: as root on Linux, unless a container forbids it. */
export const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && canUnshare();

function canUnshare(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'drive', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A drive in memory that can be plugged in and out at a folder; gone when the test is over. */
export function temporaryDrive(folder: string) {
  let isPlugged = false;
  mkdirSync(folder, { recursive: true });
  const drive = {
    plugIn(): void {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'drive', folder]);
      isPlugged = true;
    },
    pullOut(): void {
      execFileSync('umount', [folder]);
      isPlugged = false;
    },
  };
  onTestFinished(() => {
    if (isPlugged) drive.pullOut();
  });
  drive.plugIn();
  return drive;
}
