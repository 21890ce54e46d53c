import { sep } from 'node:path';

import { bytesOf, type FilePath } from './file-path.ts';

/** Folders that everything opened must really lie in. */
export class Confinement {
  readonly #folders: readonly string[];

  /** Absolute folders with their links resolved. */
  constructor(realFolders: readonly FilePath[]) {
    this.#folders = realFolders.map(bytesOf);
  }

  /** Whether a place, a character for each byte, is one of the folders or lies below one. */
  contains(place: string): boolean {
    return this.#folders.some((folder) => isWithin(place, folder));
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
