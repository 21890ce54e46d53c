import type { CoverInfo, ErrorBody, FileInfo, IndexedFileInfo, OrganizeStatus } from '@iib-kit/contract';

/** Writes Unix seconds as IIB does. */
export type DateText = (seconds: number) => string;

/** A file or folder on disk. Folders have no `bytes`: the front end compares them key by key. */
export function webFileInfo(info: FileInfo, dateText: DateText): object {
  const { bytes, ...shared } = info;
  return {
    ...shared,
    ...(info.type === 'file' ? { bytes } : {}),
    date: dateText(info.date),
    created_time: dateText(info.created_time),
  };
}

/** An image or video that stands for its folder. */
export function webCoverInfo(info: CoverInfo, dateText: DateText): object {
  const { fullpath, media_type, type, name } = info;
  return {
    fullpath,
    media_type,
    type,
    date: dateText(info.date),
    created_time: dateText(info.created_time),
    name,
  };
}

/** An indexed file, whose `created_date` is the date it was modified. */
export function webIndexedInfo(info: IndexedFileInfo, dateText: DateText): object {
  const { created_time: _, ...shared } = info;
  const date = dateText(info.date);
  return { ...shared, date, created_date: date };
}

/** Where a job is, as `reference` tells it. */
interface JobState {
  readonly status: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
  readonly stage: string;
  readonly progress_detail: object;
}

/** Stages that the front end waits for as a status: of a job that has planned, and of one that runs. */
const PREVIEW_READY = 'preview_ready';
const MOVING = 'moving';

/** A job, whose `progress` is its details. */
export function webJob({ progress_detail, ...job }: JobState): object {
  return { ...job, status: webJobStatus(job), progress: progress_detail };
}

function webJobStatus({ status, stage }: Pick<JobState, 'status' | 'stage'>): string {
  switch (status) {
    case 'completed':
      return stage === PREVIEW_READY ? stage : 'done';
    case 'failed':
    case 'cancelled':
      return 'error';
    case 'queued':
      return 'queued';
    case 'running':
      return stage === MOVING ? stage : 'running';
    default:
      return status satisfies never;
  }
}

/** A run that sorts files; what it has none of is left out. */
export function webOrganizeStatus({ preview, result, error, ...status }: OrganizeStatus): object {
  return {
    ...webJob(status),
    ...(preview === null ? {} : { preview }),
    ...(result === null ? {} : { result }),
    ...(error === null ? {} : { error }),
  };
}

/** Why a request was refused: what is wrong with its fields as one text, which is what the front end shows. */
export function webDetail(detail: ErrorBody['detail']): ErrorBody['detail'] {
  if (!Array.isArray(detail)) return detail;
  // The first part of a place says where the fields travelled.
  return detail.map(({ loc, msg }) => [loc.slice(1).join('.'), msg].filter(Boolean).join(': ')).join('; ');
}
