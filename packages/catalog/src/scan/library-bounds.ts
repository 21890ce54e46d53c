import { Confinement } from '@iib-kit/files';
import { realPathOrUndefined } from './real-path.ts';
import { systemPath } from '../text/system-path.ts';

/** The folders that links of a library may lead into. */
export interface LibraryBounds {
  /** With their links resolved. */
  readonly folders: readonly string[];
  readonly confinement: Confinement;
}

/** Resolves the links of folders; one that is not there stays as it is. */
export function libraryBounds(folders: readonly string[]): LibraryBounds {
  const real = folders.map((folder) => realPathOrUndefined(folder) ?? folder);
  return { folders: real, confinement: new Confinement(real.map(systemPath)) };
}
