import type { api, Handlers } from '@iib-kit/contract';

import { withKnownPaths } from '../access/known-paths.ts';
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
  async list({ kind, status }, { access, jobs }) {
    const found = jobs
      .all()
      .filter(
        (job) => (kind === undefined || job.kind === kind) && (status === undefined || job.status === status),
      );
    return { jobs: found.map((job) => jobToResponse(job, access)) };
  },

  async status({ job_id }, { access, jobs, index }) {
    const job = known(jobs.get(job_id), job_id);
    if (job.kind === CLUSTER_JOB) return clusterJobToResponse(job, { access, jobs, index });
    const result = jobResultToResponse(job.kind, await jobs.result(job_id));
    return { ...jobToResponse(job, access), result: withKnownPaths(result, access) };
  },

  async cancel({ job_id }, { access, jobs }) {
    return jobToResponse(known(jobs.cancel(job_id), job_id), access);
  },

  async events({ job_id }, { access, jobs, streams }) {
    if (job_id !== undefined) known(jobs.get(job_id), job_id);
    return mapEvents(streams.jobs(job_id), (change) => jobChangeToResponse(change, access));
  },
};

function known(job: JobState | undefined, id: string): JobState {
  if (job !== undefined) return job;
  throw new HttpError(404, `there is no job ${JSON.stringify(id)}`);
}
