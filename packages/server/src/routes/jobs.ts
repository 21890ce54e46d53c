import type { api, Handlers } from '@iib-kit/contract';

import type { RequestContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import type { Reply } from '../http/reply.ts';
import type { JobState } from '../jobs/job-state.ts';
import { CLUSTER_JOB } from '../topics/cluster-job.ts';
import { clusterJobToResponse } from './cluster-job.ts';
import { mapEvents } from './map-events.ts';
import { jobResultToResponse, jobToResponse } from './responses/job-to-response.ts';
import { jobChangeToResponse } from './responses/live-event-to-response.ts';

export const jobs: Handlers<typeof api, RequestContext, Reply>['jobs'] = {
  async list({ kind, status }, { jobs }) {
    const found = jobs
      .all()
      .filter(
        (job) => (kind === undefined || job.kind === kind) && (status === undefined || job.status === status),
      );
    return { jobs: found.map(jobToResponse) };
  },

  async status({ job_id }, { jobs, index }) {
    const job = known(jobs.get(job_id), job_id);
    if (job.kind === CLUSTER_JOB) return clusterJobToResponse(job, { jobs, index });
    return { ...jobToResponse(job), result: jobResultToResponse(job.kind, await jobs.result(job_id)) };
  },

  async cancel({ job_id }, { jobs }) {
    return jobToResponse(known(jobs.cancel(job_id), job_id));
  },

  async events({ job_id }, { jobs, streams }) {
    if (job_id !== undefined) known(jobs.get(job_id), job_id);
    return mapEvents(streams.jobs(job_id), jobChangeToResponse);
  },
};

function known(job: JobState | undefined, id: string): JobState {
  if (job !== undefined) return job;
  throw new HttpError(404, `there is no job ${JSON.stringify(id)}`);
}
