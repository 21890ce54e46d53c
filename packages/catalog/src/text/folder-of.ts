import { lastSeparator } from './base-name.ts';

/** The folder that holds a path, with its separator where it is a root. */
export function folderOf(path: string): string {
  const end = lastSeparator(path);
  return path.slice(0, Math.max(1, end));
}
