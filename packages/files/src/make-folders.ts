import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import type { Confinement } from './confinement.ts';
import { FileAccessError } from './file-access-error.ts';
import { bytesOf, childOf } from './file-path.ts';
import { systemPath } from './system-path.ts';
import { type HeldFolder, holdFolder } from './held-folder.ts';

/**
 * Makes a folder with its parents where they are not there, each in the one before it, and holds it.
 * @throws FileAccessError `not-a-folder`, `outside`; what the system throws
 */
export async function makeFolders(
  folder: string,
  { within }: { within?: Confinement | undefined } = {},
): Promise<HeldFolder> {
  const missing: string[] = [];
  let existing = folder;
  let held: HeldFolder | undefined;
  while (held === undefined) {
    try {
      // A folder of the library that is not there yet is made in one that is no part of it.
      held = await holdFolder(existing, { within, followLink: true, orAbove: missing.length > 0 });
    } catch (error) {
      const parent = path.dirname(existing);
      if (codeOf(error) !== 'ENOENT' || parent === existing) throw error;
      missing.unshift(path.basename(existing));
      existing = parent;
    }
  }
  return enterMissing(held, missing, within);
}

async function enterMissing(
  start: HeldFolder,
  names: readonly string[],
  within: Confinement | undefined,
): Promise<HeldFolder> {
  let held = start;
  for (const name of names) {
    try {
      const place = childOf(held.place(), bytesOf(systemPath(name)));
      if (within !== undefined && !within.contains(place) && !within.leadsTo(place)) {
        throw new FileAccessError('outside', place);
      }
      await makeIn(held, name);
      const inner = await held.enter(name);
      held.close();
      held = inner;
    } catch (error) {
      held.close();
      throw error;
    }
  }
  return held;
}

async function makeIn(held: HeldFolder, name: string): Promise<void> {
  try {
    await mkdir(held.at(name));
  } catch (error) {
    // Made by another meanwhile, or a file, which entering it tells.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
