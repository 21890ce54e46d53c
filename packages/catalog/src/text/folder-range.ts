import { sep } from 'node:path';

/** Everything inside a folder, at any depth, as a range of paths: `from <= path < to`. */
export interface FolderRange {
  readonly from: string;
  readonly to: string;
}

const afterSeparator = String.fromCharCode(sep.charCodeAt(0) + 1);

/** A folder without the separators at its end; a root keeps its one. */
export function trimFolder(folder: string): string {
  const trimmed = folder.replace(sep === '\\' ? /[\\/]+$/ : /\/+$/, '');
  return trimmed === '' || /^[a-z]:$/i.test(trimmed) ? trimmed + sep : trimmed;
}

/** The range of paths inside a folder; a sibling whose name begins alike is outside. */
export function folderRange(folder: string): FolderRange {
  const trimmed = trimFolder(folder);
  const stem = trimmed.endsWith(sep) ? trimmed.slice(0, -1) : trimmed;
  return { from: stem + sep, to: stem + afterSeparator };
}
