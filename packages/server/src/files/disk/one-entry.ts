import path from 'node:path';

import { foldedName } from './folded-name.ts';
import { isSame, lookAt } from './disk-state.ts';
import { namesIn } from './names-in.ts';

/** Two spellings of one entry, and the one that its folder has. */
export interface OneEntry {
  readonly spelling: string;
}

/**
 * Whether two paths in a folder are one entry, as on drives where the case of a name does not count; undefined for two
 * entries, hard links to one file too, and where one is not there.
 */
export async function oneEntry(a: string, b: string): Promise<OneEntry | undefined> {
  if (a === b || path.dirname(a) !== path.dirname(b)) return undefined;
  const [first, second] = await Promise.all([lookAt(a), lookAt(b)]);
  if (first === undefined || !isSame(first, second)) return undefined;
  const names = [path.basename(a), path.basename(b)];
  // Some network drives number no files.
  if (first.ino === 0 && new Set(names.map(foldedName)).size > 1) return undefined;
  const listed = new Set(await namesIn(path.dirname(a)));
  const [spelling, other] = names.filter((name) => listed.has(name));
  return spelling === undefined || other !== undefined ? undefined : { spelling };
}
