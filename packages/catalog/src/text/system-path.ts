import * as files from '@iib-kit/files';

// Functions of their own, since they are public here: what the bundled package exports may change at any time.

/** Whether a name that was read as UTF-8 may be another in truth, so that its bytes have to be looked at. */
export function isDoubtful(name: string): boolean {
  return files.isDoubtful(name);
}

/** The spelling of a path or a name that the file system gave as bytes: itself where it is UTF-8. */
export function spellPath(bytes: Buffer): string {
  return files.spellPath(bytes);
}

/**
 * What to give to the file system for a path of the index: the path itself, or bytes where its name is not UTF-8. Every
 * function of `node:fs` takes either.
 */
export function systemPath(path: string): string | Buffer {
  return files.systemPath(path);
}
