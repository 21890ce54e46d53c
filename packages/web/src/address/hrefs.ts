import { basePath } from './base-path.ts';
import { searchPath } from './search-path.ts';

/** The address of a search, for a link outside the router. */
export function searchHref(query: string): string {
  return basePath + searchPath(query);
}

/** The address of a folder in the folders view. */
export function folderHref(path: string): string {
  return `${basePath}/folders?path=${encodeURIComponent(path)}`;
}

export function compareHref(left: string, right: string): string {
  return `${basePath}/compare?left=${encodeURIComponent(left)}&right=${encodeURIComponent(right)}`;
}
