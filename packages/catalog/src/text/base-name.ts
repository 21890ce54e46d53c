import { sep } from 'node:path';
import { foldText } from './fold-text.ts';

/** Where the last separator of a path stands; -1 where it has none. A backslash is one on Windows alone. */
export function lastSeparator(path: string): number {
  const slash = path.lastIndexOf('/');
  return sep === '/' ? slash : Math.max(slash, path.lastIndexOf(sep));
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(lastSeparator(path) + 1);
}

/** How a path is ordered by name. */
export function nameKey(path: string): string {
  return foldText(baseName(path));
}
