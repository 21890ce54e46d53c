import type { Stats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import path from 'node:path';

import { systemPath } from '@iib-kit/catalog';

import type { PathAccess } from '../access/path-access.ts';
import { forEachAtOnce } from '../ports/for-each-at-once.ts';

/** What is at a path that a request names. */
export interface DescribedPath {
  /** As sent. */
  readonly sent: string;
  readonly fullpath: string;
  /** Links followed. */
  readonly stats: Stats;
}

/** Files looked at together; more would only queue in the thread pool. */
const AT_ONCE = 64;

/**
 * Looks at many paths; what is not there is left out. Throws a `Refusal` 403 where callers may not see one.
 * The folders that they lie in are checked once, not each file.
 */
export async function describePaths(paths: readonly string[], access: PathAccess): Promise<DescribedPath[]> {
  const parents = new Map<string, Promise<boolean>>();
  const isParentInside = (parent: string): Promise<boolean> => {
    const known = parents.get(parent) ?? checkParent(parent, access);
    parents.set(parent, known);
    return known;
  };
  const described: (DescribedPath | undefined)[] = Array.from({ length: paths.length });
  await forEachAtOnce(AT_ONCE, paths, async (sent, position) => {
    const fullpath = path.resolve(sent);
    const isFree = (await isParentInside(path.dirname(fullpath))) && !(await isLink(fullpath));
    if (!isFree) await access.checkListing(sent);
    const stats = await stat(systemPath(fullpath)).catch(() => undefined);
    if (stats?.isFile() || stats?.isDirectory()) described[position] = { sent, fullpath, stats };
  });
  return described.filter((item) => item !== undefined);
}

async function checkParent(parent: string, access: PathAccess): Promise<boolean> {
  return access.checkSpelled(parent).then(
    () => true,
    () => false,
  );
}

async function isLink(file: string): Promise<boolean> {
  return lstat(systemPath(file)).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
}
