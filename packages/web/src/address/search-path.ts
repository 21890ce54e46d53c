/** The path of a search in the router, without the base path. */
export function searchPath(query: string): string {
  return `/?q=${encodeURIComponent(query)}`;
}
