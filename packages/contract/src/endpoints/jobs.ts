import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { job, jobEvent, jobId, jobWithResult } from '../schemas/job.ts';
import { jobStatuses } from '../vocabulary.ts';

const exampleId = '5f0c1d2e-8a1b-4c3d-9e4f-0a1b2c3d4e5f';

export const jobs = {
  list: endpoint({
    method: 'GET',
    path: '/db/jobs',
    summary: 'Jobs that are queued, running or finished',
    description: 'Newest first. Finished jobs are forgotten after a while.',
    permission: 'read',
    input: z.object({
      kind: z.string().max(64).optional().describe('Only jobs of this kind'),
      status: z.enum(jobStatuses).optional().describe('Only jobs with this status'),
    }),
    output: z.object({ jobs: z.array(job) }),
    errors: [],
    example: { status: 'running' },
  }),
  status: endpoint({
    method: 'GET',
    path: '/db/jobs/status',
    summary: 'The state of a job, with its result once completed',
    permission: 'read',
    input: z.object({ job_id: jobId }),
    output: jobWithResult,
    errors: [404],
    example: { job_id: exampleId },
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/db/jobs/cancel',
    summary: 'Cancel a job',
    description: 'A finished job is not changed. Work already done is not undone.',
    permission: 'write',
    input: z.object({ job_id: jobId }),
    output: job,
    errors: [404],
    example: { job_id: exampleId },
  }),
  events: endpoint({
    method: 'GET',
    path: '/db/jobs/events',
    summary: 'The progress of one job, or of all, as it happens',
    description:
      'Begins with the current state of each unfinished job. With `job_id`, the stream ends when that job ' +
      'has finished.',
    permission: 'read',
    input: z.object({ job_id: jobId.optional() }),
    output: { events: jobEvent },
    errors: [404, 429],
    example: {},
  }),
};
