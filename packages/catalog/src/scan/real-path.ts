import { realpathSync } from 'node:fs';
import { spellPath, systemPath } from '../text/system-path.ts';

/** A path with its links resolved; undefined where they cannot be. */
export function realPathOrUndefined(path: string): string | undefined {
  try {
    return spellPath(realpathSync(systemPath(path), 'buffer'));
  } catch {
    return undefined;
  }
}
