import { jobStatuses, type JobStatus } from '@iib-kit/contract';

import type { StoredJob } from '@iib-kit/catalog';

/** What a job tells of itself besides its progress: counts and names. */
export type JobDetail = Readonly<Record<string, unknown>>;

/** Where a job is. Times are Unix seconds. */
export interface JobState {
  readonly id: string;
  readonly kind: string;
  readonly status: JobStatus;
  readonly stage: string;
  /** 0 to 1. */
  readonly progress: number;
  readonly detail: JobDetail;
  readonly error: string | undefined;
  readonly createdTime: number;
  readonly startedTime: number | undefined;
  readonly updatedTime: number;
  readonly finishedTime: number | undefined;
}

/** A job that waits for its turn. */
export function newJobState(id: string, kind: string, detail: JobDetail): JobState {
  const now = jobTime();
  return {
    id,
    kind,
    status: 'queued',
    stage: 'queued',
    progress: 0,
    detail,
    error: undefined,
    createdTime: now,
    startedTime: undefined,
    updatedTime: now,
    finishedTime: undefined,
  };
}

export function isOver({ status }: Pick<JobState, 'status'>): boolean {
  return status !== 'queued' && status !== 'running';
}

/** The time of now as jobs tell it. */
export function jobTime(): number {
  return Date.now() / 1000;
}

/** As the index keeps it. */
export function toStored(state: JobState, owner: string): StoredJob {
  const { error, startedTime, finishedTime, ...always } = state;
  return {
    ...always,
    owner,
    ...(error === undefined ? {} : { error }),
    ...(startedTime === undefined ? {} : { startedTime }),
    ...(finishedTime === undefined ? {} : { finishedTime }),
  };
}

/** As it was kept; undefined for what a program of another version may have kept. */
export function fromStored(stored: StoredJob): JobState | undefined {
  const { owner: _, status, detail, ...same } = stored;
  if (!isJobStatus(status)) return undefined;
  return {
    ...same,
    status,
    detail: typeof detail === 'object' && detail !== null ? { ...detail } : {},
    error: stored.error,
    startedTime: stored.startedTime,
    finishedTime: stored.finishedTime,
  };
}

function isJobStatus(status: string): status is JobStatus {
  return (jobStatuses as readonly string[]).includes(status);
}
