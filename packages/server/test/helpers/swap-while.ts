import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename, rm, symlink } from 'node:fs/promises';

/** Puts a link in the place of a folder and the folder back, as fast as it can, until it is killed. */
const swapper = `
import { renameSync, rmSync } from 'node:fs';
const [folder, link] = process.argv.slice(1);
function into(place, rename) {
  for (;;) {
    try { return rename(); } catch {
      // Somebody made a folder where there was none for a moment.
      try { rmSync(place, { recursive: true, force: true }); } catch {}
    }
  }
}
process.stdout.write('ready');
for (;;) {
  renameSync(folder, folder + '.away');
  into(folder, () => renameSync(link, folder));
  renameSync(folder, link);
  into(folder, () => renameSync(folder + '.away', folder));
}`;

/** Works while a folder and a link to another change places again and again; the folder is in its place at the end. */
export async function swapWhile(folder: string, target: string, work: () => Promise<void>): Promise<void> {
  const link = `${folder}.link`;
  await symlink(target, link);
  const child = spawn(process.execPath, ['--input-type=module', '-e', swapper, '--', folder, link]);
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  try {
    await work();
  } finally {
    child.kill('SIGKILL');
    await ended;
    await rm(link, { force: true });
    await putBack(folder);
  }
}

async function putBack(folder: string): Promise<void> {
  const isAway = await rename(`${folder}.away`, `${folder}.back`).then(
    () => true,
    () => false,
  );
  if (!isAway) return;
  await rm(folder, { recursive: true, force: true });
  await rename(`${folder}.back`, folder);
}
