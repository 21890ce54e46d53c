import path from 'node:path';

import { restrictedAccess, type AllowedPath } from '../access/path-access.ts';
import { HttpError } from '../http/http-error.ts';
import { text } from '../ports/text.ts';

/** The one directory that the grouping API shows; paths in it are relative and use `/`. */
export interface BaseDirectory {
  /** Finds a file or directory below; throws `HttpError` 403 for what lies outside, links resolved. */
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
        if (!(cause instanceof HttpError)) throw cause;
        const name = JSON.stringify(parts.join('/'));
        const words =
          cause.status === 403
            ? text(`${name} is outside the base directory`, `${name} 在基础目录之外`)
            : text(`${name} cannot be reached`, `无法访问 ${name}`);
        throw new HttpError(cause.status, words, { cause });
      }
    },
    relative: (absolute) => path.relative(folder, absolute).split(path.sep).join('/'),
  };
}
