import path from 'node:path';

import { isWithin } from '../access/path-access.ts';
import { folderAvailability } from './folder-availability.ts';
import type { ImageLookups, Folders, FileMoves, ExtraPath, ExtraPathType } from '@iib-kit/catalog';

/** What the library asks of an index. */
export type LibraryIndex = Folders & Pick<ImageLookups, 'folderCovers'> & Pick<FileMoves, 'removePaths'>;

/** The folders of the library: those given at start and those added through the API. */
export interface LibraryFolders {
  /** Absolute folders, those given at start first. */
  folders(): readonly string[];
  /** Those given at start. */
  givenFolders(): readonly string[];
  /** Those added through the API. */
  extraPaths(): readonly ExtraPath[];
  /** Whether an absolute path lies in a folder of the library. */
  contains(absolute: string): boolean;
  /** Folders of the library that are not there now, such as drives that are not plugged in. */
  unavailable(): Promise<readonly string[]>;
  /** Looks at once which are there when it is asked next: to be called when what is known of them changed. */
  lookAgain(): void;
  /** Counts a folder in until the service closes, as those given at start. */
  include(folder: string): void;
  /** Adds a folder, or types to one, for good. */
  add(folder: string, types: readonly ExtraPathType[]): Promise<void>;
  /** Takes types from a folder; with its last type its images are forgotten, unless another folder holds them. */
  remove(folder: string, types: readonly ExtraPathType[]): Promise<void>;
  /** Names a folder that was added. */
  setAlias(folder: string, alias: string): Promise<ExtraPath>;
  /** Calls the listener after each change of the folders, until the answer is called. */
  onChange(listener: () => void): () => void;
}

export async function openLibraryFolders(
  index: LibraryIndex,
  givenFolders: readonly string[],
): Promise<LibraryFolders> {
  const given = givenFolders.map((folder) => path.resolve(folder));
  let added = await index.extraPaths();
  const together = () => [...new Set([...given, ...added.map((extra) => extra.path)])];
  // Asked for every image of a page and every path of a request.
  let all: readonly string[] = together();
  const folders = () => all;
  const listeners = new Set<() => void>();
  const changed = () => {
    all = together();
    for (const listener of listeners) listener();
  };
  const reload = async () => {
    added = await index.extraPaths();
    changed();
  };
  const availability = folderAvailability(index);
  return {
    folders,
    givenFolders: () => given,
    unavailable: () => availability.unavailable(folders()),
    lookAgain: () => availability.lookAgain(),
    extraPaths: () => added,
    contains: (absolute) => folders().some((folder) => isWithin(absolute, folder)),
    include: (folder) => {
      given.push(path.resolve(folder));
      changed();
    },
    async add(folder, types) {
      await index.addExtraPath(folder, types);
      await reload();
    },
    async remove(folder, types) {
      const wasThere = folders().includes(folder);
      await index.removeExtraPath(folder, types);
      await reload();
      const isShared = folders().some((other) => isWithin(other, folder) || isWithin(folder, other));
      if (wasThere && !isShared) await index.removePaths([folder]);
    },
    async setAlias(folder, alias) {
      const named = await index.setAlias(folder, alias);
      await reload();
      return named;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
