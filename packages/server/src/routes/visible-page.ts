import { stat } from 'node:fs/promises';

import type { ImagePage } from '@iib-kit/contract';

import { systemPath } from '@iib-kit/catalog';
import { isWithin } from '../access/path-access.ts';
import type { RequestContext } from './context.ts';
import type { IndexedImage, Page } from '@iib-kit/catalog';
import { indexedInfo } from './responses/file-infos.ts';

/** What a search asks for: folders as sent, none meaning everywhere. */
export interface PageRequest {
  readonly folder_paths: readonly string[];
  readonly cursor: string;
  readonly size: number;
  /** Whether files that were deleted since they were indexed are given too. */
  readonly with_absent?: boolean;
}

/** Where to look: `folders` undefined means everywhere. */
export interface SearchScope {
  readonly folders?: readonly string[];
  /** Folders to leave out; searches that cannot get pages without what is in them. */
  readonly outside?: readonly string[];
}

/** Asks the index for one page. */
export type FetchPage = (part: SearchScope & { cursor: string; size: number }) => Promise<Page<IndexedImage>>;

/**
 * A page of what may be seen and is there: images that a database brought along from outside the allowed folders,
 * those in folders of the library that are unavailable, and those that were deleted since are left out.
 */
export async function visiblePage(
  { folder_paths, cursor, size, with_absent: withAbsent = false }: PageRequest,
  context: RequestContext,
  fetchPage: FetchPage,
): Promise<ImagePage> {
  const unavailable = await context.library.unavailable();
  const isAllowed = (image: IndexedImage) =>
    context.access.contains(image.path) && !unavailable.some((folder) => isWithin(image.path, folder));
  const answer = (images: readonly IndexedImage[], next: string, hasNext: boolean): ImagePage => ({
    files: images.map(indexedInfo),
    cursor: { has_next: hasNext, next },
    unavailable: unavailable.filter((folder) => context.access.leadsToRoot(folder)),
  });

  // Asked for nothing, one image tells whether there is any.
  const wanted = Math.max(size, 1);
  const whole = await visibleScope(folder_paths, context);
  if (whole === undefined) return answer([], '', false);
  let scope: SearchScope = folder_paths.length === 0 ? {} : whole;
  let page = await fetchPage({ ...scope, cursor, size: wanted });
  let allowed = page.items.filter(isAllowed);
  if (allowed.length < page.items.length && folder_paths.length === 0) {
    // Looking in the visible folders alone fills the page; it costs more, so only where something is hidden.
    scope = whole;
    page = await fetchPage({ ...scope, cursor, size: wanted });
    allowed = page.items.filter(isAllowed);
  }
  const thereAmong = (images: readonly IndexedImage[]) =>
    withAbsent ? images : context.library.withoutAbsent(images);
  let visible = await thereAmong(allowed);
  // A page without images would look like the end.
  while (visible.length === 0 && page.hasNext) {
    context.request.signal.throwIfAborted();
    page = await fetchPage({ ...scope, cursor: page.next, size: wanted });
    visible = await thereAmong(page.items.filter(isAllowed));
  }
  return size === 0 ? answer([], cursor, visible.length > 0) : answer(visible, page.next, page.hasNext);
}

/** Where the visible images of these folders are, none meaning all; undefined where none can be. */
export async function visibleScope(
  folder_paths: readonly string[],
  context: RequestContext,
): Promise<SearchScope | undefined> {
  const unavailable = await context.library.unavailable();
  const folders = ((await namedFolders(folder_paths, context)) ?? context.access.roots())?.filter(
    (folder) => !unavailable.some((missing) => isWithin(folder, missing)),
  );
  if (folders === undefined) return unavailable.length === 0 ? {} : { outside: unavailable };
  const outside = unavailable.filter((missing) => folders.some((folder) => isWithin(missing, folder)));
  return folders.length === 0 ? undefined : { folders, ...(outside.length > 0 && { outside }) };
}

/** The named folders that are there; undefined where none were named. Throws `HttpError` 403 for one outside. */
async function namedFolders(
  named: readonly string[],
  { access }: RequestContext,
): Promise<readonly string[] | undefined> {
  if (named.length === 0) return undefined;
  const folders = await Promise.all(
    named.map(async (name) => {
      const folder = await access.checkSpelled(name);
      const stats = await stat(systemPath(folder.realPath)).catch(() => undefined);
      return stats?.isDirectory() === true ? folder.path : undefined;
    }),
  );
  return folders.filter((folder) => folder !== undefined);
}
