import * as z from 'zod';

import { organizeStatus } from '../endpoints/organize.ts';
import { coverInfo, fileInfo, indexedFileInfo } from '../schemas/file-info.ts';
import { job } from '../schemas/job.ts';
import { cursor, unavailable } from '../schemas/page.ts';
import { clusterResult } from '../schemas/topic.ts';

const dateText = z.string().describe('`YYYY-MM-DD HH:MM:SS` in the time zone of the server');

const webFileInfo = z.object({
  ...fileInfo.shape,
  date: dateText,
  created_time: dateText,
  bytes: z.int().optional().describe('Not of folders'),
});

const { fullpath, media_type, name, type } = coverInfo.shape;
const webCoverInfo = z.object({ fullpath, media_type, type, date: dateText, created_time: dateText, name });

const webIndexedInfo = z.object({
  ...indexedFileInfo.omit({ created_time: true }).shape,
  date: dateText,
  created_date: dateText.describe('The same as `date`'),
});

const webPage = z.object({ files: z.array(webIndexedInfo), cursor, unavailable });

const webJob = z.object({
  ...job.omit({ progress_detail: true }).shape,
  status: z.enum(['queued', 'running', 'moving', 'preview_ready', 'done', 'error']),
  progress: job.shape.progress_detail,
});

const organize = organizeStatus.omit({ progress_detail: true }).shape;

/**
 * What the dialect `iib-web` answers where it differs from `reference`, by group and name of the endpoint: dates as
 * text, jobs in the words of IIB's front end.
 */
export const iibWebOutputs = {
  fileSystem: {
    list: z.object({ files: z.array(webFileInfo) }),
    infos: z.record(z.string(), webFileInfo),
    covers: z.record(z.string(), z.array(webCoverInfo)),
  },
  tags: {
    toggle: z.object({ is_remove: z.union([z.literal(0), z.literal(1)]) }),
  },
  ai: {
    clusterJobStatus: z.object({ ...webJob.shape, result: clusterResult.nullable() }),
  },
  organize: {
    status: z.object({
      ...organize,
      status: webJob.shape.status,
      progress: organizeStatus.shape.progress_detail,
      preview: organize.preview.unwrap().optional(),
      result: organize.result.unwrap().optional(),
      error: z.string().optional(),
    }),
  },
  search: {
    bySubstring: webPage,
    byTags: webPage,
    byQuery: webPage,
    randomImages: z.array(webIndexedInfo),
    nearDuplicates: z.array(z.object({ ...webIndexedInfo.shape, distance: z.int() })),
    folderCovers: z.record(z.string(), z.array(webIndexedInfo)),
  },
  jobs: {
    list: z.object({ jobs: z.array(webJob) }),
    status: z.object({ ...webJob.shape, result: z.unknown() }),
    cancel: webJob,
  },
} as const;
