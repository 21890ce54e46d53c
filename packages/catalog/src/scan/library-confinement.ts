import { Confinement } from '@iib-kit/files';
import { systemPath } from '../text/system-path.ts';
import { realPathOrUndefined } from './real-path.ts';

/** Where the links of a library may lead: into its folders. One that is not there counts as it is. */
export function libraryConfinement(folders: readonly string[]): Confinement {
  return new Confinement(folders.map((folder) => systemPath(realPathOrUndefined(folder) ?? folder)));
}
