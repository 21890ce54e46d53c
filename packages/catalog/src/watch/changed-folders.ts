import { sep } from 'node:path';
import { isPassedOver } from '../scan/passed-over.ts';
import { folderOf } from '../text/folder-of.ts';
import { childPath } from '../text/nested-path.ts';

export interface ChangedFoldersOptions {
  readonly root: string;
  /** The root with links resolved, as events name it. */
  readonly realRoot: string;
  readonly excludes: (path: string) => boolean;
}

/** The folder that an event concerns, spelled as the index does; undefined where nobody cares. */
export function changedFolder(
  eventPath: string,
  { root, realRoot, excludes }: ChangedFoldersOptions,
): string | undefined {
  if (eventPath === realRoot) return root;
  const stem = realRoot.endsWith(sep) ? realRoot : realRoot + sep;
  if (!eventPath.startsWith(stem)) return undefined;
  const inside = eventPath.slice(stem.length).split(sep);
  let path = root;
  for (const name of inside) {
    path = childPath(path, name);
    if (isPassedOver(name) || excludes(path)) return undefined;
  }
  return folderOf(path);
}
