import type { Job } from '@iib-kit/contract';

const brand = Symbol.for('@iib-kit/client/JobError');

/** A job that did not complete. */
export class JobError extends Error {
  override readonly name = 'JobError';
  readonly [brand] = true;
  readonly code: 'failed' | 'cancelled';
  /** Where it was when it ended. */
  readonly job: Job;

  constructor(code: 'failed' | 'cancelled', job: Job) {
    super(
      `the job ${job.job_id} (${job.kind}) ${code === 'failed' ? 'failed' : 'was cancelled'}: ${job.error ?? 'no reason given'}`,
    );
    this.code = code;
    this.job = job;
  }
}

/** Whether an error is of a job that did not complete, also one of another copy of this package. */
export function isJobError(error: unknown): error is JobError {
  return typeof error === 'object' && error !== null && brand in error;
}
