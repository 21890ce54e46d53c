import * as z from 'zod';

import { jobStatuses } from '../vocabulary.ts';

/** Long work that goes on when the client that asked for it has gone. Times are Unix seconds with a fraction. */
export const job = z
  .object({
    job_id: z.string(),
    kind: z.string().describe('What it does: `index`, `thumbnails`, `zip`, ...'),
    status: z.enum(jobStatuses),
    stage: z.string().describe('The current part of the work'),
    progress: z.number().describe('0 to 1'),
    progress_detail: z.record(z.string(), z.unknown()).describe('Counts and names, by kind of job'),
    error: z
      .string()
      .nullable()
      .describe('Why it failed or was cancelled, or why a completed job no longer has its result'),
    created_at: z.number(),
    started_at: z.number().nullable(),
    updated_at: z.number(),
    finished_at: z.number().nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.output<typeof job>;

export const jobWithResult = z
  .object({
    ...job.shape,
    result: z.unknown().describe('When completed; else null, also where it is no longer stored'),
  })
  .meta({ id: 'JobWithResult' });

/** Where a job is now. */
export const jobEvent = z.object({ type: z.literal('job'), job }).meta({ id: 'JobEvent' });
export type JobEvent = z.output<typeof jobEvent>;

export const jobId = z.string().min(1, 'a job id cannot be empty').max(64, 'a job id is not that long');
