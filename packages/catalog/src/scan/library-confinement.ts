import { Confinement } from '@iib-kit/files';
import { systemPath } from '../text/system-path.ts';
import type { LinkScope } from './link-targets.ts';
import { realPathOrUndefined } from './real-path.ts';

/**
 * Where the files of a library really lie: in its folders, and where its links may lead; undefined where that is anywhere.
 * A folder that is not there counts as it is.
 */
export function libraryConfinement({
  roots,
  otherRoots = [],
  linkTargets = [],
}: LinkScope): Confinement | undefined {
  if (linkTargets === 'anywhere') return undefined;
  const folders = [...roots, ...otherRoots, ...linkTargets];
  return new Confinement(folders.map((folder) => systemPath(realPathOrUndefined(folder) ?? folder)));
}
