import type { Stats } from 'node:fs';

import { createdMs } from './created-ms.ts';

/** What a listing says of a file or folder. */
export interface EntryInfo {
  readonly isFolder: boolean;
  readonly bytes: number;
  /** Unix milliseconds, as is the next. */
  readonly modifiedMs: number;
  readonly createdMs: number;
}

/** Makes of an entry what its reader wants: a folder can have a hundred thousand, which are not made twice. */
export type DescribeEntry<Description> = (
  fullpath: string,
  info: EntryInfo,
  isUnderScannedPath: boolean,
) => Description;

export function entryInfoOf(stats: Stats): EntryInfo {
  return {
    isFolder: stats.isDirectory(),
    bytes: stats.size,
    modifiedMs: stats.mtimeMs,
    createdMs: createdMs(stats),
  };
}
