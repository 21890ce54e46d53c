import type { api, ImagePage, IndexedFileInfo } from '@iib-kit/contract';

import { webFileInfo, webIndexedInfo, type DateText } from './iib-web-shapes.ts';
import type { Renderers } from './renderers.ts';

/** What the front end of IIB reads: a line for each endpoint whose answer differs from `reference`. */
export function iibWeb(dateText: DateText): Renderers<typeof api> {
  const images = (infos: readonly IndexedFileInfo[]) => infos.map((info) => webIndexedInfo(info, dateText));
  const imagePage = ({ files, ...page }: ImagePage) => ({ files: images(files), ...page });
  return {
    fileSystem: {
      list: ({ files }) => ({ files: files.map((info) => webFileInfo(info, dateText)) }),
    },
    tags: {
      toggle: ({ is_remove }) => ({ is_remove: is_remove ? 1 : 0 }),
    },
    search: {
      bySubstring: imagePage,
      byTags: imagePage,
      byQuery: imagePage,
      randomImages: images,
    },
  };
}
