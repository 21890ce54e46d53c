import path from 'node:path';

import { isWithin } from './access/path-access.ts';
import type {
  ImageIndex,
  IndexExtraPath,
  IndexExtraPathType,
  IndexProgress,
  IndexSummary,
} from './image-index.ts';

/** The folders whose images are indexed: those given at start and those added through the API. */
export interface Library {
  /** Absolute folders, those given at start first. */
  folders(): readonly string[];
  /** Those added through the API. */
  extraPaths(): readonly IndexExtraPath[];
  /** Whether an absolute path lies in a folder of the library. */
  contains(absolute: string): boolean;
  /** Counts a folder in until the service closes, as those given at start. */
  include(folder: string): void;
  /** Adds a folder, or types to one, for good. */
  add(folder: string, types: readonly IndexExtraPathType[]): Promise<void>;
  remove(folder: string, types: readonly IndexExtraPathType[]): Promise<void>;
  /** Reads what is new or changed in all folders. */
  update(options?: {
    signal?: AbortSignal;
    onProgress?: (progress: IndexProgress) => void;
  }): Promise<IndexSummary>;
}

export async function openLibrary(index: ImageIndex, givenFolders: readonly string[]): Promise<Library> {
  const given = givenFolders.map((folder) => path.resolve(folder));
  let added = await index.extraPaths();
  const folders = () => [...new Set([...given, ...added.map((extra) => extra.path)])];
  const reload = async () => {
    added = await index.extraPaths();
  };
  return {
    folders,
    extraPaths: () => added,
    contains: (absolute) => folders().some((folder) => isWithin(absolute, folder)),
    include: (folder) => {
      given.push(path.resolve(folder));
    },
    async add(folder, types) {
      await index.addExtraPath(folder, types);
      await reload();
    },
    async remove(folder, types) {
      await index.removeExtraPath(folder, types);
      await reload();
    },
    update: (options) => index.update(folders(), options),
  };
}
