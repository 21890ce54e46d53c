import type { Job, JobStatus } from '@iib-kit/contract';

/** What the dialect `iib-web` calls states; `preview_ready` is a plan that is complete. */
const statusOfWeb: Readonly<Record<string, JobStatus>> = {
  done: 'completed',
  preview_ready: 'completed',
  moving: 'running',
};

/** A job in the form of `reference`, from the answer of either dialect. */
export function jobState(answer: unknown): Job {
  // What was answered has been checked, or the caller wanted no checks.
  const { result: _, ...job } = answer as Job & { result?: unknown };
  if (typeof job.progress === 'number') return job;
  const status: string = job.status;
  const isCancelled = status === 'error' && /cancelled/.test(job.error ?? '');
  const inReference =
    statusOfWeb[status] ?? (status === 'error' ? (isCancelled ? 'cancelled' : 'failed') : job.status);
  return {
    ...job,
    status: inReference,
    progress: inReference === 'completed' ? 1 : 0,
    progress_detail: job.progress,
  };
}

export function isOver({ status }: Job): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}
