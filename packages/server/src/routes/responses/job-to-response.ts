import type { Job } from '@iib-kit/contract';

import type { JobState } from '../../jobs/job-state.ts';

export function jobToResponse(state: JobState): Job {
  return {
    job_id: state.id,
    kind: state.kind,
    status: state.status,
    stage: state.stage,
    progress: state.progress,
    progress_detail: { ...state.detail },
    error: state.error ?? null,
    created_at: state.createdTime,
    started_at: state.startedTime ?? null,
    updated_at: state.updatedTime,
    finished_at: state.finishedTime ?? null,
  };
}
