import path from 'node:path';

/** Paths are the server's; one that is relative can only be meant to be in the working folder of this machine. */
export function serverPath(given: string): string {
  const isAbsolute = path.posix.isAbsolute(given) || path.win32.isAbsolute(given);
  return isAbsolute ? given : path.resolve(given);
}
