import type { Dirent } from 'node:fs';
import { readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';

import { isDoubtful, spellPath, systemPath } from '@iib-kit/catalog';
import type { Confinement } from '@iib-kit/files';
import { mediaKind } from '@iib-kit/metadata';

import { errorCode } from '../../ports/error-code.ts';
import { naming } from '../disk/file-failure.ts';
import { lookAt } from '../disk/disk-state.ts';
import { at, isAbsence, withPlaces } from '../disk/held-place.ts';

/** The files below a folder's own, media before their sidecars, and the folders that hold them, the innermost first. */
export interface NestedFiles {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Links and hidden folders are left out. */
export async function nestedFiles(folder: string): Promise<NestedFiles> {
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of await list(folder))
    if (isVisibleFolder(entry)) await collect(path.join(folder, entry.name));
  const isMedium = (file: string) => mediaKind(file) !== undefined;
  return { files: [...files.filter(isMedium), ...files.filter((file) => !isMedium(file))], folders };

  async function collect(inner: string): Promise<void> {
    for (const entry of await list(inner)) {
      if (entry.isFile()) files.push(path.join(inner, entry.name));
      else if (isVisibleFolder(entry)) await collect(path.join(inner, entry.name));
    }
    folders.push(inner);
  }
}

/** Names that two of the files share, or that the folder has already. */
export async function clashingNames(folder: string, files: readonly string[]): Promise<string[]> {
  const seen = new Set<string>();
  const clashing = new Set<string>();
  for (const name of files.map((file) => path.basename(file))) {
    if (seen.has(name) || (await lookAt(path.join(folder, name))) !== undefined) clashing.add(name);
    seen.add(name);
  }
  return [...clashing].sort();
}

/** Removes those of the folders that are empty now. */
export async function removeEmptied(
  folders: readonly string[],
  within: Confinement | undefined,
): Promise<string[]> {
  const removed: string[] = [];
  for (const folder of folders) {
    try {
      await withPlaces([folder], within, (place) => rmdir(at(place)));
      removed.push(folder);
    } catch (error) {
      if (!isAbsence(error) && !['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
    }
  }
  return removed;
}

function list(folder: string): Promise<Pick<Dirent, 'name' | 'isFile' | 'isDirectory'>[]> {
  return naming(folder, async () => {
    const entries = await readdir(systemPath(folder), { withFileTypes: true });
    if (!entries.some(({ name }) => isDoubtful(name))) return entries;
    const bytes = await readdir(systemPath(folder), { withFileTypes: true, encoding: 'buffer' });
    return bytes.map((entry) => ({
      name: spellPath(entry.name),
      isFile: () => entry.isFile(),
      isDirectory: () => entry.isDirectory(),
    }));
  });
}

function isVisibleFolder(entry: Pick<Dirent, 'name' | 'isDirectory'>): boolean {
  return entry.isDirectory() && !entry.name.startsWith('.');
}
