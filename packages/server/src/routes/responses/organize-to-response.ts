import type { OrganizePreview, OrganizeStatus } from '@iib-kit/contract';

import { isOver, type JobDetail, type JobState } from '../../jobs/job-state.ts';
import type { OrganizeReport } from '../../organize/open-organizer.ts';
import {
  NOISE_ID,
  type OrganizePlan,
  type OrganizeRequest,
  type PlannedCluster,
} from '../../organize/organize-plan.ts';
import { noDetail } from '../../organize/organize-progress.ts';
import { jobDetailToResponse } from './job-to-response.ts';
import { isResting, type OrganizeRecord } from '../../organize/organize-record.ts';

export function organizeToResponse({ record, job, plan }: OrganizeReport): OrganizeStatus {
  const { request, phase, ending } = record;
  const live = job !== undefined && !isOver(job) ? job : undefined;
  const stage = live?.stage ?? phase;
  return {
    job_id: record.id,
    status: live?.status ?? restingStatus(record, job),
    stage,
    progress: live?.progress ?? (ending === undefined ? 1 : (job?.progress ?? 0)),
    progress_detail: detailToResponse(stage, job?.detail),
    req: requestToResponse(request),
    preview: plan === undefined ? null : previewToResponse(record, plan),
    result: resultToResponse(record),
    // How it ended is about to be written down.
    error: ending?.error ?? (live === undefined && !isResting(record) ? (job?.error ?? null) : null),
    created_at: record.createdTime,
    updated_at: Math.max(record.updatedTime, live?.updatedTime ?? 0),
  };
}

/** The details of a job of this kind as they were stored; zeros for none, or for another kind. */
function detailToResponse(stage: string, stored: JobDetail = {}): OrganizeStatus['progress_detail'] {
  const detail = jobDetailToResponse(stored);
  // Only jobs of organize runs have this name, and then all others.
  const isOurs = 'moved_done' in detail;
  return {
    ...jobDetailToResponse(noDetail),
    ...(isOurs ? detail : {}),
    stage,
  } as OrganizeStatus['progress_detail'];
}

/** Of a run whose job is over, or not begun yet. */
function restingStatus(record: OrganizeRecord, job: JobState | undefined): OrganizeStatus['status'] {
  if (record.ending !== undefined) return record.ending.status;
  if (isResting(record)) return 'completed';
  return job?.status === 'failed' || job?.status === 'cancelled' ? job.status : 'queued';
}

function requestToResponse(request: OrganizeRequest): OrganizeStatus['req'] {
  return {
    folder_paths: [...request.folders],
    dest_folder: request.destFolder,
    threshold: request.threshold,
    min_cluster_size: request.minClusterSize,
    lang: request.lang,
    recursive: request.recursive,
    folder_naming: request.folderNaming,
    max_folder_name_length: request.maxFolderNameLength,
    action: request.action,
    handle_noise: request.handleNoise,
    noise_folder_name: request.noiseFolderName,
  };
}

function previewToResponse({ id, request }: OrganizeRecord, plan: OrganizePlan): OrganizePreview {
  const clusters = plan.clusters.map((cluster) => clusterToResponse(cluster, true));
  const noise = clusterToResponse(plan.noise, request.handleNoise !== 'skip');
  const going = [...clusters, ...(plan.noise.folderName === '' ? [] : [noise])];
  const mappings = going.flatMap((cluster) => cluster.file_mappings);
  return {
    job_id: id,
    dest_folder: request.destFolder,
    total_files: mappings.length,
    clusters,
    noise,
    all_mappings: mappings,
    errors: plan.errors.map((error) => ({ ...error })),
  };
}

function clusterToResponse(cluster: PlannedCluster, withMappings: boolean): OrganizePreview['noise'] {
  const { id, folderName, title, keywords, files } = cluster;
  return {
    cluster_id: id,
    suggested_folder_name: folderName,
    title,
    keywords: [...keywords],
    size: files.length,
    file_mappings: withMappings
      ? files.map(({ from, to }) => ({
          src_path: from,
          dest_folder_name: folderName,
          dest_path: to,
          cluster_id: id,
          is_noise: id === NOISE_ID,
        }))
      : [],
  };
}

function resultToResponse({ result, undo }: OrganizeRecord): OrganizeStatus['result'] {
  if (result === undefined) return null;
  return {
    moved_count: result.movedCount,
    created_folders: [...result.createdFolders],
    errors: result.errors.map((error) => ({ ...error })),
    undo:
      undo === undefined
        ? null
        : { restored_count: undo.restoredCount, errors: undo.errors.map((error) => ({ ...error })) },
  };
}
