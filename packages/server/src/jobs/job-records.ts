import type { JobRecords as StoredJobs } from '@iib-kit/catalog';
import type { Logger } from '../ports/logger.ts';
import { isOwnerAlive, takeJobOwner } from './job-owner.ts';
import { fromStored, isOver, jobTime, toStored, type JobState } from './job-state.ts';

/** How many finished jobs are remembered, and for how long in seconds. */
export const MAX_FINISHED_JOBS = 200;
export const MAX_JOB_AGE = 7 * 24 * 3600;

/** How often progress is told, and how often it is written down, in milliseconds. */
const TELL_INTERVAL = 100;
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
  subscribe(listener: JobListener): () => void;
  close(): Promise<void>;
}

/** Where jobs are kept. */
export type JobStore = StoredJobs;

/** Reads what was kept; what a process that is gone left running counts as failed. */
export async function openJobRecords(index: JobStore, log: Logger): Promise<JobRecords> {
  const owner = takeJobOwner();
  const states = new Map<string, JobState>();
  const listeners = new Set<JobListener>();
  const untold = new Set<string>();
  const unsaved = new Set<string>();
  let telling: NodeJS.Timeout | undefined;
  let saving: NodeJS.Timeout | undefined;

  const save = async (state: JobState, result?: unknown): Promise<void> => {
    unsaved.delete(state.id);
    try {
      await index.saveJob(toStored(state, owner.name), result);
    } catch (error) {
      log.warn({ err: error, job: state.id, kind: state.kind }, 'a job could not be written down');
    }
  };
  const tell = (state: JobState, isStep: boolean): void => {
    untold.delete(state.id);
    for (const listener of listeners) listener(state, isStep);
  };
  const forget = async (): Promise<void> => {
    const oldest = jobTime() - MAX_JOB_AGE;
    const finished = [...states.values()]
      .filter(isOver)
      .sort((a, b) => (b.finishedTime ?? 0) - (a.finishedTime ?? 0));
    const gone = finished.filter(
      (state, position) => position >= MAX_FINISHED_JOBS || (state.finishedTime ?? 0) < oldest,
    );
    if (gone.length === 0) return;
    for (const { id } of gone) states.delete(id);
    await index
      .removeJobs(gone.map(({ id }) => id))
      .catch((error: unknown) => log.warn({ err: error }, 'old jobs could not be forgotten'));
  };

  for (const stored of await index.jobs()) {
    const state = fromStored(stored);
    if (state === undefined) continue;
    if (isOver(state)) states.set(state.id, state);
    else if (!isOwnerAlive(stored.owner)) {
      const failed = interrupted(state);
      states.set(failed.id, failed);
      await save(failed);
    }
  }
  await forget();

  return {
    all: () => [...states.values()].reverse(),
    get: (id) => states.get(id),
    result: (id) => index.jobResult(id),
    note(state) {
      states.set(state.id, state);
      untold.add(state.id);
      unsaved.add(state.id);
      telling ??= setTimeout(() => {
        telling = undefined;
        for (const id of untold) {
          const latest = states.get(id);
          if (latest !== undefined) tell(latest, false);
        }
      }, TELL_INTERVAL).unref();
      saving ??= setTimeout(() => {
        saving = undefined;
        for (const id of unsaved) {
          const latest = states.get(id);
          if (latest !== undefined) void save(latest);
        }
      }, SAVE_INTERVAL).unref();
    },
    async step(state, result) {
      untold.delete(state.id);
      unsaved.delete(state.id);
      if (isOver(state)) await save(state, result);
      else void save(state);
      states.set(state.id, state);
      tell(state, true);
      if (isOver(state)) await forget();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      clearTimeout(telling);
      clearTimeout(saving);
      const left = [...states.values()].filter(({ id }) => unsaved.has(id));
      await Promise.all(left.map((state) => save(state)));
      listeners.clear();
      owner.release();
    },
  };
}

function interrupted(state: JobState): JobState {
  const error =
    state.status === 'queued' ? 'the server stopped before it began' : 'the server stopped while it ran';
  return { ...state, status: 'failed', error, finishedTime: jobTime() };
}
