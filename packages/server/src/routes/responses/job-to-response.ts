import { withKnownPaths } from '../../access/known-paths.ts';
import type { PathAccess } from '../../access/path-access.ts';
import type { Job } from '@iib-kit/contract';

import type { JobDetail, JobState } from '../../jobs/job-state.ts';

/** Which paths the reader of an answer may know of. */
export type KnownPaths = Pick<PathAccess, 'leadsToRoot'>;

export function jobToResponse(state: JobState, access: KnownPaths): Job {
  return {
    job_id: state.id,
    kind: state.kind,
    status: state.status,
    stage: state.stage,
    progress: state.progress,
    progress_detail: withKnownPaths(jobDetailToResponse(state.detail), access) as Record<string, unknown>,
    error: state.error ?? null,
    created_at: state.createdTime,
    started_at: state.startedTime ?? null,
    updated_at: state.updatedTime,
    finished_at: state.finishedTime ?? null,
  };
}

const detailNames = {
  toEmbed: 'to_embed',
  embeddedDone: 'embedded_done',
  itemsTotal: 'items_total',
  itemsDone: 'items_done',
  clustersTotal: 'clusters_total',
  clustersDone: 'clusters_done',
  movedDone: 'moved_done',
  movedTotal: 'moved_total',
  currentFile: 'current_file',
  createdFolders: 'created_folders',
};

/** Details that earlier versions stored have the names of the wire already, and keep them. */
export function jobDetailToResponse(detail: JobDetail): Record<string, unknown> {
  return renamed(detail, detailNames);
}

/** Results of these kinds that earlier versions stored have the names of the wire already, and keep them. */
const resultNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  index: { failedCount: 'failed_count' },
  organize: { movedCount: 'moved_count', restoredCount: 'restored_count' },
};

/** The result of a job as the index stores it; that of a clustering has a function of its own. */
export function jobResultToResponse(kind: string, result: unknown): unknown {
  const names = resultNames[kind];
  if (names === undefined || typeof result !== 'object' || result === null) return result ?? null;
  return renamed({ ...result }, names);
}

function renamed(
  values: Readonly<Record<string, unknown>>,
  names: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [Object.hasOwn(names, name) ? names[name] : name, value]),
  );
}
