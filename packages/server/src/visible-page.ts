import { stat } from 'node:fs/promises';

import type { ImagePage } from '@iib-kit/contract';

import { isWithin } from './access/path-access.ts';
import type { RequestContext } from './context.ts';
import type { IndexedImage, IndexPage } from './image-index.ts';
import { indexedInfo } from './routes/file-infos.ts';

/** What a search asks for: folders as sent, none meaning everywhere. */
export interface PageRequest {
  readonly folder_paths: readonly string[];
  readonly cursor: string;
  readonly size: number;
}

/** Asks the index for one page; `folders` undefined means everywhere. */
export type FetchPage = (part: {
  folders?: readonly string[];
  cursor: string;
  size: number;
}) => Promise<IndexPage>;

/**
 * A page of what may be seen and is there: images that a database brought along from outside the allowed folders,
 * and those in folders of the library that are unavailable, are left out.
 */
export async function visiblePage(
  { folder_paths, cursor, size }: PageRequest,
  context: RequestContext,
  fetchPage: FetchPage,
): Promise<ImagePage> {
  const unavailable = await context.library.unavailable();
  const isVisible = (image: IndexedImage) =>
    context.access.contains(image.path) && !unavailable.some((folder) => isWithin(image.path, folder));
  const answer = (images: readonly IndexedImage[], next: string, hasNext: boolean): ImagePage => ({
    files: images.map(indexedInfo),
    cursor: { has_next: hasNext, next },
    unavailable: [...unavailable],
  });

  let folders = await namedFolders(folder_paths, context);
  if (folders?.length === 0) return answer([], '', false);
  // Asked for nothing, one image tells whether there is any.
  const wanted = Math.max(size, 1);
  let page = await fetchPage({ ...scope(folders), cursor, size: wanted });
  let visible = page.items.filter(isVisible);
  const roots = context.access.roots();
  if (visible.length < page.items.length && folders === undefined && roots !== undefined) {
    // Looking in the visible folders alone fills the page; it costs more, so only where something is hidden.
    folders = roots.filter((root) => !unavailable.includes(root));
    if (folders.length === 0) return answer([], '', false);
    page = await fetchPage({ ...scope(folders), cursor, size: wanted });
    visible = page.items.filter(isVisible);
  }
  // A page without images would look like the end.
  while (visible.length === 0 && page.hasNext) {
    context.request.signal.throwIfAborted();
    page = await fetchPage({ ...scope(folders), cursor: page.next, size: wanted });
    visible = page.items.filter(isVisible);
  }
  return size === 0 ? answer([], cursor, visible.length > 0) : answer(visible, page.next, page.hasNext);
}

/** The named folders that are there; undefined where none were named. Throws `HttpError` 403 for one outside. */
async function namedFolders(
  named: readonly string[],
  { access }: RequestContext,
): Promise<readonly string[] | undefined> {
  if (named.length === 0) return undefined;
  const folders = await Promise.all(
    named.map(async (name) => {
      const folder = await access.check(name);
      const stats = await stat(folder.realPath).catch(() => undefined);
      return stats?.isDirectory() === true ? folder.path : undefined;
    }),
  );
  return folders.filter((folder) => folder !== undefined);
}

function scope(folders: readonly string[] | undefined): { folders?: readonly string[] } {
  return folders === undefined ? {} : { folders };
}
