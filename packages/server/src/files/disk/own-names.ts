import path from 'node:path';

/** The folder in each folder of the library that holds what was deleted; the index passes hidden folders over. */
export const TRASH_FOLDER = '.iib-trash';

const partName = /^\.iib-[0-9a-f]{16}-\d+\.part$/;

/** Where a copy grows beside its destination: hidden, and of no media type. */
export function partPath(destination: string, recordId: string, position: number): string {
  return path.join(path.dirname(destination), `.iib-${recordId}-${position}.part`);
}

/** Whether a name is one that a growing copy has. */
export function isPartName(name: string): boolean {
  return partName.test(name);
}

/** Whether a file or folder is one that file operations keep for themselves. */
export function isOwnName(name: string): boolean {
  return name === TRASH_FOLDER || isPartName(name);
}

/** Whether an absolute path is such a file or lies in such a folder. */
export function isOwnPath(absolute: string): boolean {
  return absolute.split(path.sep).some(isOwnName);
}
