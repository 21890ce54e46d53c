import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { until } from './until.ts';

const python = '/usr/bin/python3';
const program = fileURLToPath(new URL('caseless-drive.py', import.meta.url));

/** Whether this machine can show a folder as a drive of its own: with FUSE, and fusepy for Python. */
export const hasCaselessDrives = process.platform === 'linux' && canMount();

function canMount(): boolean {
  try {
    execFileSync('fusermount3', ['--version'], { stdio: 'ignore' });
    execFileSync(python, ['-c', 'import fusepy, os; os.close(os.open("/dev/fuse", os.O_RDWR))'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

/** A drive on which the case of names does not count. */
export async function caselessDrive(
  folder: string,
): Promise<{ readonly root: string; readonly remove: () => Promise<void> }> {
  const [stored, root] = [path.join(folder, 'stored'), path.join(folder, 'drive')];
  await mkdir(stored);
  await mkdir(root);
  const before = await stat(root);
  const drive = spawn(python, [program, stored, root], { stdio: 'ignore' });
  const ended = once(drive, 'exit');
  await until(
    async () => (await stat(root)).dev,
    (device) => device !== before.dev,
  );
  return {
    root,
    async remove() {
      execFileSync('fusermount3', ['-u', '-z', root]);
      await ended;
    },
  };
}
