import type { api, ImagePage, IndexedFileInfo } from '@iib-kit/contract';

import { LazyList } from '../ports/lazy-list.ts';
import {
  webCoverInfo,
  webFileInfo,
  webIndexedInfo,
  webJob,
  webOrganizeStatus,
  type DateText,
} from './iib-web-shapes.ts';
import type { Renderers } from '../http/renderers.ts';

/** What the front end of IIB reads: a line for each endpoint whose answer differs from `reference`. */
export function iibWeb(dateText: DateText): Renderers<typeof api> {
  const images = (infos: readonly IndexedFileInfo[]) => infos.map((info) => webIndexedInfo(info, dateText));
  const imagePage = ({ files, ...page }: ImagePage) => ({ files: images(files), ...page });
  return {
    fileSystem: {
      list: ({ files }) => ({ files: new LazyList(files, (info) => webFileInfo(info, dateText)) }),
      infos: (infos) => mapValues(infos, (info) => webFileInfo(info, dateText)),
      covers: (covers) => mapValues(covers, (infos) => infos.map((info) => webCoverInfo(info, dateText))),
    },
    tags: {
      toggle: ({ is_remove }) => ({ is_remove: is_remove ? 1 : 0 }),
    },
    ai: {
      clusterJobStatus: webJob,
    },
    organize: {
      status: webOrganizeStatus,
    },
    search: {
      bySubstring: imagePage,
      byTags: imagePage,
      byQuery: imagePage,
      randomImages: images,
      nearDuplicates: images,
      folderCovers: (covers) => mapValues(covers, images),
    },
    jobs: {
      list: ({ jobs }) => ({ jobs: jobs.map(webJob) }),
      status: webJob,
      cancel: webJob,
    },
  };
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => unknown): object {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
