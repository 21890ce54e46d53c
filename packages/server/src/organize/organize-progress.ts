import type { OrganizeStatus } from '@iib-kit/contract';

import type { GroupingProgress } from './grouping.ts';
import type { OrganizeResult } from './organize-record.ts';

type Detail = OrganizeStatus['progress_detail'];

/** Errors that progress tells of; the result has all. */
const MAX_ERRORS = 100;

const nothing: Detail = {
  stage: 'queued',
  embedded_done: 0,
  to_embed: 0,
  clusters_done: 0,
  clusters_total: 0,
  moved_done: 0,
  moved_total: 0,
  current_file: '',
  created_folders: [],
  errors: [],
};

export function planningDetail(progress: GroupingProgress): Detail {
  return {
    ...nothing,
    stage: progress.stage,
    embedded_done: progress.embeddedDone,
    to_embed: progress.toEmbed,
    clusters_done: progress.clustersDone,
    clusters_total: progress.clustersTotal,
  };
}

export function movingDetail(progress: {
  stage: string;
  done: number;
  total: number;
  current: string;
  result: OrganizeResult | undefined;
}): Detail {
  const { stage, done, total, current, result } = progress;
  return {
    ...nothing,
    stage,
    moved_done: done,
    moved_total: total,
    current_file: current,
    created_folders: [...(result?.createdFolders ?? [])],
    errors: (result?.errors ?? []).slice(-MAX_ERRORS).map((error) => ({ ...error })),
  };
}

/** The details of a job as they were kept; of another or none, nothing. */
export function detailOf(stage: string, kept: Readonly<Record<string, unknown>> | undefined): Detail {
  return { ...nothing, ...(kept !== undefined && 'moved_done' in kept ? (kept as Detail) : {}), stage };
}
