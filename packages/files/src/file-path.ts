import { sep } from 'node:path';

import { spellPath, systemPath } from './system-path.ts';

/** Bytes where a name is not UTF-8, as every function of `node:fs` takes them, or the text that spells it. */
export type FilePath = string | Buffer;

/** A character for each byte, so that paths of either kind compare as the system compares them. */
export function bytesOf(path: FilePath): string {
  const own = ownPath(path);
  return (typeof own === 'string' ? Buffer.from(own) : own).toString('latin1');
}

/** What to give to the file system. */
export function ownPath(path: FilePath): FilePath {
  return typeof path === 'string' ? systemPath(path) : path;
}

/** As text. */
export function shownPath(path: FilePath): string {
  return typeof path === 'string' ? path : spellPath(path);
}

/** Joins without normalising: both parts come from the file system. */
export function childOf(folder: string, name: string): string;
export function childOf(folder: FilePath, name: FilePath): FilePath;
export function childOf(folder: FilePath, name: FilePath): FilePath {
  if (typeof folder === 'string' && typeof name === 'string') {
    return folder.endsWith(sep) ? folder + name : folder + sep + name;
  }
  return Buffer.concat([Buffer.from(folder), Buffer.from(sep), Buffer.from(name)]);
}
