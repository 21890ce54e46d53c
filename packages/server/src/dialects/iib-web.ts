import type { api, ImagePage, IndexedFileInfo, OutputOf } from '@iib-kit/contract';

import { HttpError } from '../http/http-error.ts';
import { LazyList } from '../ports/lazy-list.ts';
import { text } from '../ports/text.ts';
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
    tagGraph: {
      build: drawnGraph,
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

/** As IIB, an error instead of an empty graph: the front end would show nothing, and say nothing. */
function drawnGraph(graph: OutputOf<typeof api.tagGraph.build>): object {
  const { clusters, failure } = graph.stats;
  if (clusters > 0) return graph;
  throw new HttpError(
    400,
    text(failure ?? 'there is nothing to draw', '这些文件夹的上次聚类没有把任何图像分入组'),
  );
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => unknown): object {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
