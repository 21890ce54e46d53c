import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Works while a folder and a link to another folder change places again and again; both are where they were at the end. */
export async function swapWhile(folder: string, target: string, work: () => Promise<void>): Promise<void> {
  const link = `${folder}.link`;
  symlinkSync(target, link);
  const swapper = fork(fileURLToPath(new URL('./swapper.js', import.meta.url)), [folder, link]);
  const ended = once(swapper, 'exit');
  await once(swapper, 'message');
  try {
    await work();
  } finally {
    swapper.kill('SIGKILL');
    await ended;
    putBack(folder, link);
  }
}

function putBack(folder: string, link: string): void {
  try {
    // It was away, and the link may be in its place.
    rmSync(link, { force: true });
    renameSync(`${folder}.away`, `${folder}.back`);
    rmSync(folder, { force: true });
    renameSync(`${folder}.back`, folder);
  } catch {
    mkdirSync(folder, { recursive: true });
  }
}
