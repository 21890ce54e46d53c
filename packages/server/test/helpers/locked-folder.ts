import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

/** Lets nothing change in a folder while something is tried, also where we are root, whom no permission stops. */
export async function whileLocked(folder: string, work: () => Promise<void>): Promise<void> {
  if (isRoot) await run('chattr', ['+i', folder]);
  else await chmod(folder, 0o500);
  try {
    await work();
  } finally {
    if (isRoot) await run('chattr', ['-i', folder]);
    else await chmod(folder, 0o700);
  }
}

/** Whether this machine can lock a folder against us. */
export async function canLock(folder: string): Promise<boolean> {
  return whileLocked(folder, async () => undefined).then(
    () => process.platform !== 'win32',
    () => false,
  );
}
