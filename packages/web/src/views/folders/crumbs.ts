import { t } from '../../i18n/translate.ts';
import type { LibraryFolder } from '../../library/folders/folders.ts';
import { folderOf, nameOf } from '../../library/files/path-parts.ts';

export interface Crumb {
  readonly name: string;
  /** `''` for the whole library. */
  readonly path: string;
}

/** Deepest way that is shown; no file system has deeper folders. */
const MOST = 200;

/** The way from the library to a folder. */
export function crumbsOf(
  path: string,
  root: Pick<LibraryFolder, 'path' | 'name'> | undefined,
): readonly Crumb[] {
  const crumbs: Crumb[] = [];
  let at = path;
  while (at !== '' && crumbs.length < MOST) {
    crumbs.unshift({ path: at, name: at === root?.path ? root.name : nameOf(at) });
    const parent = folderOf(at);
    if (at === root?.path || parent === at || root === undefined) break;
    at = parent;
  }
  return [{ path: '', name: t('folders.roots') }, ...crumbs];
}
