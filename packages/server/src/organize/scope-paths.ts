import path from 'node:path';

import { MAX_PAGE_SIZE } from '@iib-kit/contract';

import type { ImageSearches } from '@iib-kit/catalog';

/** What finding the scope asks of an index. */
export type ScopeIndex = Pick<ImageSearches, 'searchBySubstring'>;

/** Paths of all that is indexed in the folders, each once, in order; of the folders themselves unless `recursive`. */
export async function scopePaths(
  index: ScopeIndex,
  folders: readonly string[],
  { recursive, signal }: { recursive: boolean; signal: AbortSignal },
): Promise<readonly string[]> {
  const own = new Set(folders);
  const found = new Set<string>();
  let cursor = '';
  for (;;) {
    const page = await index.searchBySubstring({ folders, cursor, size: MAX_PAGE_SIZE }, { signal });
    for (const { path: file } of page.items) if (recursive || own.has(path.dirname(file))) found.add(file);
    if (!page.hasNext) break;
    cursor = page.next;
  }
  return [...found].sort();
}
