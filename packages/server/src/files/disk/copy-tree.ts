import { constants, type Stats } from 'node:fs';
import { copyFile, lstat, mkdir, readdir, readlink, stat, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';

import { Refusal } from '../../ports/refusal.ts';
import { syncToDisk } from './disk-state.ts';

/** Copies a file, with its time, so that it outlasts a power cut. Follows links. */
export async function copyWhole(from: string, to: string): Promise<void> {
  // A copy-on-write clone where the drive can make one.
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const { atime, mtime } = await stat(from);
  await utimes(to, atime, mtime);
  await syncToDisk(to);
}

/** Copies a file, link or folder with all in it; links stay as they are. */
export async function copyTree(from: string, to: string): Promise<void> {
  const stats = await lstat(from);
  if (stats.isDirectory()) await copyFolder(from, to, stats);
  else if (stats.isSymbolicLink()) await symlink(await readlink(from), to);
  else if (stats.isFile()) await copyWhole(from, to);
  else throw new Refusal('neither-file-nor-folder', { path: from });
}

async function copyFolder(from: string, to: string, stats: Stats): Promise<void> {
  await mkdir(to, { mode: stats.mode | 0o700 });
  for (const name of await readdir(from)) await copyTree(path.join(from, name), path.join(to, name));
  await utimes(to, stats.atime, stats.mtime);
  await syncToDisk(to);
}
