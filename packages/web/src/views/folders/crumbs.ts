import { t } from '../../i18n/translate.ts';
import type { LibraryFolder } from '../../library/folders/folders.ts';
import { folderOf, nameOf } from '../../library/files/path-parts.ts';

export interface Crumb {
  readonly name: string;
  /** Empty for the whole library. */
  readonly path: string;
}

/** Ends the loop on unexpected paths; no file system nests folders deeper. */
const MAX_DEPTH = 200;

/** The folders from the library down to a folder. */
export function crumbsOf(
  path: string,
  root: Pick<LibraryFolder, 'path' | 'name'> | undefined,
): readonly Crumb[] {
  const crumbs: Crumb[] = [];
  let at = path;
  while (at !== '' && crumbs.length < MAX_DEPTH) {
    crumbs.unshift({ path: at, name: at === root?.path ? root.name : nameOf(at) });
    const parent = folderOf(at);
    if (at === root?.path || parent === at || root === undefined) break;
    at = parent;
  }
  return [{ path: '', name: t('folders.roots') }, ...crumbs];
}
