import { closeSync, constants, openSync } from 'node:fs';

import type { Confinement } from './confinement.ts';
import { FileAccessError } from './file-access-error.ts';
import { childOf, type FilePath } from './file-path.ts';
import { O_PATH } from './held-folder.ts';
import { openRegularFileSync, type OpenedFile } from './open-regular-file.ts';
import { hasDescriptorPaths, realPlace } from './real-place.ts';

/** Folders that are held open; files that are read in order of their time come from few folders at a time. */
const mostHeld = 32;

/**
 * Opens very many files for reading. Where the system leads by open folders, the place of a folder is checked once while
 * it is held: to ask for the place of each file would cost as much as to open it.
 */
export class FolderFiles {
  readonly #within: Confinement | undefined;
  /** By their paths; the one that was opened first comes first. */
  readonly #held = new Map<string, number>();

  /** Where the files must really lie; undefined means anywhere. */
  constructor(within: Confinement | undefined) {
    this.#within = within;
  }

  /** Where the files lie, for what lies beside them; undefined where that is anywhere. */
  get folders(): readonly string[] | undefined {
    return this.#within?.folders;
  }

  /**
   * Opens a regular file that really lies in the folders, or a link to one; `path` is the folder's with the name.
   * @throws FileAccessError `is-directory`, `not-a-file`, `outside`, `changed`; what the system throws
   */
  open(path: FilePath, folder: FilePath, name: FilePath): OpenedFile {
    const byPath = { followLink: true, within: this.#within };
    if (!hasDescriptorPaths) return openRegularFileSync(path, byPath);
    try {
      // In a folder that lies inside, what is no link lies inside.
      return openRegularFileSync(childOf(`/proc/self/fd/${this.#hold(folder)}`, name));
    } catch (error) {
      // A link, or a folder that came into the place of the one that is held.
      if (!isElsewhere(error)) throw error;
      if (codeOf(error) !== 'ELOOP') this.#release(keyOf(folder));
      return openRegularFileSync(path, byPath);
    }
  }

  close(): void {
    for (const folder of this.#held.keys()) this.#release(folder);
  }

  #hold(folder: FilePath): number {
    const key = keyOf(folder);
    const known = this.#held.get(key);
    if (known !== undefined) return known;
    const [oldest] = this.#held.size < mostHeld ? [] : this.#held.keys();
    if (oldest !== undefined) this.#release(oldest);
    const descriptor = openSync(folder, constants.O_DIRECTORY | O_PATH);
    if (this.#within?.contains(realPlace(descriptor, folder)) === false) {
      closeSync(descriptor);
      throw new FileAccessError('outside', folder);
    }
    this.#held.set(key, descriptor);
    return descriptor;
  }

  #release(key: string): void {
    const descriptor = this.#held.get(key);
    this.#held.delete(key);
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function isElsewhere(error: unknown): boolean {
  return ['ELOOP', 'ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** A character for each byte of those that are no text: others would share a key. */
function keyOf(folder: FilePath): string {
  return typeof folder === 'string' ? folder : folder.toString('latin1');
}
