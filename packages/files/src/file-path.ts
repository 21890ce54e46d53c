import { sep } from 'node:path';

/** Bytes where a name is not UTF-8, as every function of `node:fs` takes them. */
export type FilePath = string | Buffer;

/** A character for each byte, so that paths of either kind compare as the system compares them. */
export function bytesOf(path: FilePath): string {
  return (typeof path === 'string' ? Buffer.from(path) : path).toString('latin1');
}

/** For messages. */
export function shownPath(path: FilePath): string {
  return path.toString();
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
