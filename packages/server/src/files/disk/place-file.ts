import { link, rename, unlink } from 'node:fs/promises';

import { errorCode } from '../../ports/error-code.ts';
import { assertFree, lookAt } from './disk-state.ts';
import { publishStep } from './operation-steps.ts';

/** What drives say that know no hard links, or not for this file. */
const noHardLinks = new Set(['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

/**
 * Gives what is at `from` the path `to` on the same drive. Throws `EEXIST` where something is: for files the system
 * decides that in one step, by a hard link; for folders, links and drives without hard links we look first.
 * Throws `EXDEV` for another drive.
 */
export async function place(from: string, to: string): Promise<void> {
  const stats = await lookAt(from);
  if (stats?.isFile() && (await tryLink(from, to))) {
    publishStep('linked', to);
    await removeOrTakeBack(from, to);
    return;
  }
  await assertFree(to);
  await rename(from, to);
  publishStep('renamed', to);
}

/** A source that cannot be removed keeps its file; the new name goes again. */
export async function removeOrTakeBack(from: string, to: string): Promise<void> {
  try {
    await unlink(from);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    await unlink(to);
    throw error;
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (noHardLinks.has(errorCode(error) ?? '')) return false;
    throw error;
  }
}
