import { foldText } from './fold-text.ts';

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** How a path is ordered by name. */
export function nameKey(path: string): string {
  return foldText(baseName(path));
}
