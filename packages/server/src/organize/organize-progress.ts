import type { GroupingProgress } from './grouping.ts';
import type { OrganizeError } from './organize-plan.ts';
import type { OrganizeResult } from './organize-record.ts';

/** What the job of a run reports beside its progress. A type, not an interface, so that it is a `JobDetail`. */
export type OrganizeDetail = {
  readonly stage: string;
  readonly embeddedDone: number;
  readonly toEmbed: number;
  readonly clustersDone: number;
  readonly clustersTotal: number;
  readonly movedDone: number;
  readonly movedTotal: number;
  readonly currentFile: string;
  readonly createdFolders: readonly string[];
  readonly errors: readonly OrganizeError[];
};

/** Errors in the progress of a run; its result has all. */
const MAX_ERRORS = 100;

export const noDetail: OrganizeDetail = {
  stage: 'queued',
  embeddedDone: 0,
  toEmbed: 0,
  clustersDone: 0,
  clustersTotal: 0,
  movedDone: 0,
  movedTotal: 0,
  currentFile: '',
  createdFolders: [],
  errors: [],
};

export function planningDetail(progress: GroupingProgress): OrganizeDetail {
  const { stage, embeddedDone, toEmbed, clustersDone, clustersTotal } = progress;
  return { ...noDetail, stage, embeddedDone, toEmbed, clustersDone, clustersTotal };
}

export function movingDetail(progress: {
  stage: string;
  done: number;
  total: number;
  current: string;
  result: OrganizeResult | undefined;
}): OrganizeDetail {
  const { stage, done, total, current, result } = progress;
  return {
    ...noDetail,
    stage,
    movedDone: done,
    movedTotal: total,
    currentFile: current,
    createdFolders: result?.createdFolders ?? [],
    errors: (result?.errors ?? []).slice(-MAX_ERRORS),
  };
}
