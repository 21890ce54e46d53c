import type { api, Handlers, ImagePage } from '@iib-kit/contract';

import type { RequestContext } from '../context.ts';
import type { Reply } from '../http/reply.ts';
import type { IndexPage } from '../image-index.ts';
import { indexedInfo } from './file-infos.ts';
import { tagShape } from './tag-shape.ts';

export const search: Handlers<typeof api, RequestContext, Reply>['search'] = {
  async basicInfo(_, { index, request }) {
    const info = await index.basicInfo({ signal: request.signal });
    return {
      img_count: info.imageCount,
      tags: info.tags.map(tagShape),
      expired: info.expiredFolders.length > 0,
      expired_dirs: [...info.expiredFolders],
    };
  },

  async updateIndex(_, { library }) {
    await library.update();
    return null;
  },

  async bySubstring(input, context) {
    const page = await context.index.searchBySubstring(
      {
        text: input.surstr,
        regexp: input.regexp,
        pathOnly: input.path_only,
        mediaType: input.media_type,
        ...(await folderScope(input.folder_paths, context)),
        cursor: input.cursor,
        size: input.size,
      },
      { signal: context.request.signal },
    );
    return imagePage(page, context);
  },

  async byTags(input, context) {
    const page = await context.index.searchByTags(
      {
        and: input.and_tags,
        or: input.or_tags,
        not: input.not_tags,
        ...(await folderScope(input.folder_paths, context)),
        cursor: input.cursor,
        size: input.size,
        random: input.random_sort,
      },
      { signal: context.request.signal },
    );
    return imagePage(page, context);
  },
};

/** No folders named means everywhere. */
async function folderScope(
  folders: readonly string[],
  { access }: RequestContext,
): Promise<{ folders?: readonly string[] }> {
  if (folders.length === 0) return {};
  const allowed = await Promise.all(folders.map((folder) => access.check(folder)));
  return { folders: allowed.map((folder) => folder.path) };
}

/** Images that a database brought along from elsewhere are not shown when they lie outside the allowed folders. */
function imagePage(page: IndexPage, { access }: RequestContext): ImagePage {
  return {
    files: page.items.filter((image) => access.contains(image.path)).map(indexedInfo),
    cursor: { has_next: page.hasNext, next: page.next },
  };
}
