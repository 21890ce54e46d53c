/** The last part of each result's path. */
export function names(page: { readonly items: readonly { readonly path: string }[] }): string[] {
  return page.items.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
}
