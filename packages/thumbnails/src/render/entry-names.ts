import { linkSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { isOutdated } from '../cache-key.ts';
import { withFolder } from './write-entry.ts';

// What a power cut leaves of a file that was written just before it.
const isThere = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;

/**
 * Gives an entry a second name, and says whether it has it now. On a file system without such links it never has: there a
 * picture is found by the path of its file alone.
 */
export function linkEntry(entry: string, name: string): boolean {
  try {
    if (!isThere(entry)) return false;
    try {
      withFolder(name, () => linkSync(entry, name));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return false;
      if (isThere(name)) return true;
      rmSync(name, { force: true });
      linkSync(entry, name);
    }
    return true;
  } catch {
    return false;
  }
}

/** Gives an entry of an earlier version its present name; false where there is none. */
export function takeOver(earlier: string, target: string): boolean {
  try {
    if (!isThere(earlier)) return false;
    withFolder(target, () => renameSync(earlier, target));
    return true;
  } catch {
    return false;
  }
}

/** Removes what was drawn of earlier content of the same file. */
export function removeOutdated(target: string): void {
  const folder = dirname(target);
  const key = basename(target, '.webp');
  try {
    for (const name of readdirSync(folder)) {
      if (isOutdated(name, key)) rmSync(join(folder, name), { force: true });
    }
  } catch {
    // The size limit removes it one day.
  }
}
