import { close, constants, type Stats } from 'node:fs';
import { copyFile, lstat, lutimes, mkdir, readlink, symlink } from 'node:fs/promises';
import { promisify } from 'node:util';

import { type Confinement, openRegularFile, pathOfDescriptor } from '@iib-kit/files';

import { Refusal } from '../../ports/refusal.ts';
import { syncToDisk } from './disk-state.ts';
import { at, childPlace, type HeldPlace } from './held-place.ts';

const closeDescriptor = promisify(close);

/**
 * Copies a regular file, with its time, so that it outlasts a power cut. A link is followed to a file in `within`; what
 * is no file, or lies elsewhere, is refused.
 */
export async function copyWhole(
  from: HeldPlace,
  to: HeldPlace,
  within: Confinement | undefined,
): Promise<void> {
  const { descriptor, stats } = await openRegularFile(at(from), { within, followLink: true });
  try {
    // A copy-on-write clone where the drive can make one.
    const flags = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE;
    await copyFile(pathOfDescriptor(descriptor, at(from)), at(to), flags);
  } finally {
    await closeDescriptor(descriptor);
  }
  await lutimes(at(to), stats.atime, stats.mtime);
  await syncToDisk(at(to));
}

/** Copies a file, link or folder with all in it. Links stay as they are, wherever they lead; none is followed. */
export async function copyTree(
  from: HeldPlace,
  to: HeldPlace,
  within: Confinement | undefined,
): Promise<void> {
  const stats = await lstat(at(from));
  if (stats.isDirectory()) await copyFolder(from, to, stats, within);
  else if (stats.isSymbolicLink()) await symlink(await readlink(at(from), 'buffer'), at(to));
  else if (stats.isFile()) await copyWhole(from, to, within);
  else throw new Refusal('neither-file-nor-folder', { path: from.path });
}

async function copyFolder(
  from: HeldPlace,
  to: HeldPlace,
  stats: Stats,
  within: Confinement | undefined,
): Promise<void> {
  await mkdir(at(to), { mode: stats.mode | 0o700 });
  const source = await from.folder.enter(from.name);
  try {
    const copy = await to.folder.enter(to.name);
    try {
      for (const name of await source.names()) {
        await copyTree(childPlace(source, from, name), childPlace(copy, to, name), within);
      }
    } finally {
      copy.close();
    }
  } finally {
    source.close();
  }
  await lutimes(at(to), stats.atime, stats.mtime);
  await syncToDisk(at(to));
}
