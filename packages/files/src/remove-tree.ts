import { lstat, rmdir, unlink } from 'node:fs/promises';

import type { HeldFolder } from './held-folder.ts';

/** Removes an entry of a folder with all that is in it, and follows no link on the way. Nothing there is no failure. */
export async function removeTree(folder: HeldFolder, name: string): Promise<void> {
  try {
    const stats = await lstat(folder.at(name));
    if (!stats.isDirectory()) return await unlink(folder.at(name));
    const inner = await folder.enter(name);
    try {
      for (const child of await inner.names()) await removeTree(inner, child);
    } finally {
      inner.close();
    }
    await rmdir(folder.at(name));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
