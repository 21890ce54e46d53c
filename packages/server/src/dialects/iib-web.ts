import type { api, ImagePage } from '@iib-kit/contract';

import { webFileInfo, webIndexedInfo, type DateText } from './iib-web-shapes.ts';
import type { Renderers } from './renderers.ts';

/** What the front end of IIB reads: a line for each endpoint whose answer differs from `reference`. */
export function iibWeb(dateText: DateText): Renderers<typeof api> {
  const imagePage = ({ files, cursor }: ImagePage) => ({
    files: files.map((info) => webIndexedInfo(info, dateText)),
    cursor,
  });
  return {
    fileSystem: {
      list: ({ files }) => ({ files: files.map((info) => webFileInfo(info, dateText)) }),
    },
    search: {
      bySubstring: imagePage,
      byTags: imagePage,
    },
  };
}
