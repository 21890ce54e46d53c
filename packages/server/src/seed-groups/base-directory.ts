import path from 'node:path';

import { restrictedAccess, type AllowedPath } from '../access/path-access.ts';
import { Refusal } from '../ports/refusal.ts';

/** The one directory that the grouping API shows; paths in it are relative and use `/`. */
export interface BaseDirectory {
  /** Finds a file or directory below; throws `Refusal` 403 for what lies outside, links resolved. */
  locate(...relative: readonly string[]): Promise<AllowedPath>;
  relative(absolute: string): string;
}

export function baseDirectory(folder: string): BaseDirectory {
  const access = restrictedAccess(() => [folder]);
  return {
    async locate(...relative) {
      const parts = relative.filter((part) => part !== '');
      try {
        return await access.check(path.resolve(folder, ...parts));
      } catch (cause) {
        // Its words name the absolute path, which callers are not told.
        throw cause instanceof Refusal ? ofRelative(cause, parts.join('/')) : cause;
      }
    },
    relative: (absolute) => path.relative(folder, absolute).split(path.sep).join('/'),
  };
}

function ofRelative(cause: Refusal, path: string): Refusal {
  switch (cause.code) {
    case 'outside-allowed-folders':
    case 'unreadable':
      return new Refusal('outside-base-directory', { path }, { cause });
    case 'unreachable':
      return new Refusal('unreachable-in-base-directory', { path }, { cause });
    default:
      return new Refusal('unusable-in-base-directory', { path }, { cause });
  }
}
