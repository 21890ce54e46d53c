import type { JobRecords as StoredJobs } from '@iib-kit/catalog';
import type { Logger } from '../ports/logger.ts';
import { jobsToForget, MAX_PASSING_JOBS } from './job-limits.ts';
import { isOwnerAlive, takeJobOwner } from './job-owner.ts';
import { fromStored, isOver, jobTime, toStored, type JobState } from './job-state.ts';

/** How often listeners are notified of progress, and how often it is written down, in milliseconds. */
const NOTIFY_INTERVAL = 100;
const SAVE_INTERVAL = 2000;

/** Called when a job is another than before; `isStep` when that is more than progress. */
export type JobListener = (job: JobState, isStep: boolean) => void;

/** What is known of jobs, in memory and in the index. */
export interface JobRecords {
  /** Newest first. */
  all(): readonly JobState[];
  get(id: string): JobState | undefined;
  result(id: string): Promise<unknown>;
  /** Progress, told and written down now and then. */
  note(state: JobState): void;
  /** A new status, told as soon as it is written down. */
  step(state: JobState, result?: unknown): Promise<void>;
  /** The end of a job that is not worth a record: it stays known to this process for those who followed it. */
  pass(state: JobState, result: unknown): Promise<void>;
  subscribe(listener: JobListener): () => void;
  close(): Promise<void>;
}

/** Where jobs are kept. */
export type JobStore = StoredJobs;

/** Reads what was stored; what a process that is gone left running counts as failed. */
export async function openJobRecords(index: JobStore, log: Logger): Promise<JobRecords> {
  const owner = takeJobOwner();
  const records = new StoredJobRecords(index, log, owner);
  for (const stored of await index.jobs()) {
    const state = fromStored(stored);
    if (state !== undefined) await records.takeIn(state, stored.owner);
  }
  await records.forgetOld();
  return records;
}

class StoredJobRecords implements JobRecords {
  readonly #index: JobStore;
  readonly #log: Logger;
  readonly #owner: ReturnType<typeof takeJobOwner>;
  readonly #states = new Map<string, JobState>();
  readonly #listeners = new Set<JobListener>();
  /** What jobs gave that leave no record, the oldest first. */
  readonly #passing = new Map<string, unknown>();
  readonly #unnotified = new Set<string>();
  readonly #unsaved = new Set<string>();
  #notifying: NodeJS.Timeout | undefined;
  #saving: NodeJS.Timeout | undefined;

  constructor(index: JobStore, log: Logger, owner: ReturnType<typeof takeJobOwner>) {
    this.#index = index;
    this.#log = log;
    this.#owner = owner;
  }

  /** A job as it was stored by its owner; what another process runs is left alone. */
  async takeIn(state: JobState, owner: string): Promise<void> {
    if (isOver(state)) this.#states.set(state.id, state);
    else if (!isOwnerAlive(owner)) {
      const failed = interrupted(state);
      this.#states.set(failed.id, failed);
      await this.#save(failed);
    }
  }

  all(): readonly JobState[] {
    return [...this.#states.values()].reverse();
  }

  get(id: string): JobState | undefined {
    return this.#states.get(id);
  }

  async result(id: string): Promise<unknown> {
    return this.#passing.has(id) ? this.#passing.get(id) : this.#index.jobResult(id);
  }

  note(state: JobState): void {
    this.#states.set(state.id, state);
    this.#unnotified.add(state.id);
    this.#unsaved.add(state.id);
    this.#notifying ??= setTimeout(() => {
      this.#notifying = undefined;
      for (const latest of this.#latestOf(this.#unnotified)) this.#notify(latest, false);
    }, NOTIFY_INTERVAL).unref();
    this.#saving ??= setTimeout(() => {
      this.#saving = undefined;
      for (const latest of this.#latestOf(this.#unsaved)) void this.#save(latest);
    }, SAVE_INTERVAL).unref();
  }

  async step(state: JobState, result?: unknown): Promise<void> {
    this.#unnotified.delete(state.id);
    this.#unsaved.delete(state.id);
    if (isOver(state)) await this.#save(state, result);
    else void this.#save(state);
    this.#states.set(state.id, state);
    this.#notify(state, true);
    if (isOver(state)) await this.forgetOld();
  }

  async pass(state: JobState, result: unknown): Promise<void> {
    this.#unnotified.delete(state.id);
    this.#unsaved.delete(state.id);
    this.#passing.set(state.id, result);
    this.#states.set(state.id, state);
    const [oldest] = this.#passing.keys();
    if (oldest !== undefined && this.#passing.size > MAX_PASSING_JOBS) {
      this.#passing.delete(oldest);
      this.#states.delete(oldest);
    }
    await this.#remove([state.id]);
    this.#notify(state, true);
  }

  subscribe(listener: JobListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    clearTimeout(this.#notifying);
    clearTimeout(this.#saving);
    await Promise.all(this.#latestOf(this.#unsaved).map((state) => this.#save(state)));
    this.#listeners.clear();
    this.#owner.release();
  }

  async forgetOld(): Promise<void> {
    const recorded = [...this.#states.values()].filter(({ id }) => !this.#passing.has(id));
    const gone = jobsToForget(recorded, jobTime());
    if (gone.length === 0) return;
    for (const { id } of gone) this.#states.delete(id);
    await this.#remove(gone.map(({ id }) => id));
  }

  async #remove(ids: readonly string[]): Promise<void> {
    await this.#index
      .removeJobs(ids)
      .catch((error: unknown) => this.#log.warn({ err: error }, 'old jobs could not be forgotten'));
  }

  #latestOf(ids: ReadonlySet<string>): JobState[] {
    return [...ids].flatMap((id) => this.#states.get(id) ?? []);
  }

  async #save(state: JobState, result?: unknown): Promise<void> {
    this.#unsaved.delete(state.id);
    try {
      await this.#index.saveJob(toStored(state, this.#owner.name), result);
    } catch (error) {
      this.#log.warn({ err: error, job: state.id, kind: state.kind }, 'a job could not be written down');
    }
  }

  #notify(state: JobState, isStep: boolean): void {
    this.#unnotified.delete(state.id);
    for (const listener of this.#listeners) listener(state, isStep);
  }
}

function interrupted(state: JobState): JobState {
  const error =
    state.status === 'queued' ? 'the server stopped before it began' : 'the server stopped while it ran';
  return { ...state, status: 'failed', error, finishedTime: jobTime() };
}
