import { sep } from 'node:path';

import { bytesOf, type FilePath, shownPath } from './file-path.ts';

/** Folders that everything opened must really lie in. */
export class Confinement {
  /** As text. */
  readonly folders: readonly string[];
  readonly #paths: readonly FilePath[];
  readonly #folders: readonly string[];

  /** Absolute folders with their links resolved. */
  constructor(realFolders: readonly FilePath[]) {
    this.#paths = realFolders;
    this.folders = realFolders.map(shownPath);
    this.#folders = realFolders.map(bytesOf);
  }

  /** These folders and one more. */
  and(realFolder: FilePath): Confinement {
    return new Confinement([...this.#paths, realFolder]);
  }

  /** Whether a place, a character for each byte, is one of the folders or lies below one. */
  contains(place: string): boolean {
    return this.#folders.some((folder) => isWithin(place, folder));
  }

  /** The same for a path whose links are resolved. */
  containsPath(realPath: FilePath): boolean {
    return this.contains(bytesOf(realPath));
  }

  /** Whether a place is an ancestor of one of the folders. */
  leadsTo(place: string): boolean {
    return this.#folders.some((folder) => isWithin(folder, place));
  }
}

function isWithin(child: string, parent: string): boolean {
  if (!child.startsWith(parent)) return false;
  return child.length === parent.length || child[parent.length] === sep || parent.endsWith(sep);
}
