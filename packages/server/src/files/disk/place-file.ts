import { link, rename, unlink } from 'node:fs/promises';

import { errorCode } from '../../ports/error-code.ts';
import { lookAt } from './disk-state.ts';
import { foldedName } from './folded-name.ts';
import { at, type HeldPlace } from './held-place.ts';
import { publishStep } from './operation-steps.ts';

/** What drives say that know no hard links, or not for this file. */
const noHardLinks = new Set(['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

/**
 * Gives what is at `from` the path `to` on the same drive. Throws `EEXIST` where something is: for files the system
 * decides that in one step, by a hard link; for folders, links and drives without hard links we look first.
 * Throws `EXDEV` for another drive.
 */
export async function place(from: HeldPlace, to: HeldPlace): Promise<void> {
  const stats = await lookAt(at(from));
  if (stats?.isFile() && (await tryLink(from, to))) {
    publishStep('linked', to.path);
    await removeOrTakeBack(from, to);
    return;
  }
  await assertFree(to);
  await rename(at(from), at(to));
  publishStep('renamed', to.path);
}

/**
 * The same for another spelling of the name that it had: what the system remembers of that name may be out of date, what its
 * folder lists is not.
 */
export async function placeUnlisted(from: HeldPlace, to: HeldPlace): Promise<void> {
  const name = foldedName(to.name);
  if ((await to.folder.names()).some((listed) => foldedName(listed) === name)) throw takenError(to);
  await rename(at(from), at(to));
}

/** A source that cannot be removed keeps its file; the new name goes again. */
export async function removeOrTakeBack(from: HeldPlace, to: HeldPlace): Promise<void> {
  try {
    await unlink(at(from));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    await unlink(at(to));
    throw error;
  }
}

async function tryLink(from: HeldPlace, to: HeldPlace): Promise<boolean> {
  try {
    await link(at(from), at(to));
    return true;
  } catch (error) {
    if (noHardLinks.has(errorCode(error) ?? '')) return false;
    throw error;
  }
}

/** Throws `EEXIST` where something is. */
async function assertFree(place: HeldPlace): Promise<void> {
  if ((await lookAt(at(place))) !== undefined) throw takenError(place);
}

function takenError({ path }: HeldPlace): Error {
  return Object.assign(new Error(`EEXIST: file already exists, '${path}'`), { code: 'EEXIST' });
}
