import type { CallOptions } from './call-options.ts';

/** Long work of a server as it was last saved. */
export interface StoredJob {
  readonly id: string;
  readonly kind: string;
  /** Names the process that runs it. */
  readonly owner: string;
  readonly status: string;
  readonly stage: string;
  /** 0 to 1. */
  readonly progress: number;
  /** A JSON value. */
  readonly detail: unknown;
  readonly error?: string;
  /** Unix seconds, as all times here. */
  readonly createdTime: number;
  readonly startedTime?: number;
  readonly updatedTime: number;
  readonly finishedTime?: number;
}

/** Long work of a server, so that it is still known after a restart. */
export interface JobRecords {
  /** Jobs without their results, oldest first. */
  jobs(options?: CallOptions): Promise<readonly StoredJob[]>;
  /** The JSON value that was saved as the result of a job; undefined for none. */
  jobResult(id: string, options?: CallOptions): Promise<unknown>;
  /** Saves a job as it is now; a result that was saved before stays when none is given. */
  saveJob(job: StoredJob, result?: unknown, options?: CallOptions): Promise<void>;
  removeJobs(ids: readonly string[], options?: CallOptions): Promise<void>;
}
