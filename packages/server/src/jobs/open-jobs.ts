import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { isServiceClosed, Refusal, serviceClosed } from '../ports/refusal.ts';
import type { Logger } from '../ports/logger.ts';
import { openJobRecords, type JobListener, type JobRecords, type JobStore } from './job-records.ts';
import { isOver, jobTime, newJobState, type JobDetail, type JobState } from './job-state.ts';
import { createKeyedLimiter, MAX_WAITING_JOBS, type KeyedLimiter } from './keyed-limiter.ts';

/** How long running jobs may take to stop when the service closes, in milliseconds. */
const CLOSING_GRACE = 5000;

/** What running work has of its job. */
export interface JobRun {
  readonly id: string;
  /** Aborts when the job is cancelled or the service closes; work then rejects. */
  readonly signal: AbortSignal;
  /** Tells where the work is. What is left out stays; progress is 0 to 1. */
  readonly report: (change: { stage?: string; progress?: number; detail?: JobDetail }) => void;
}

export interface JobSpec<Result> {
  /** What it does, such as `index`; jobs of a kind take turns. */
  readonly kind: string;
  /** Joins the job that was started under this name and is not over, instead of starting another. */
  readonly shareAs?: string;
  /** Goes on under the id of a job that is over. Default: an id of its own. */
  readonly id?: string;
  /** What it is to do, for those who look at it. */
  readonly detail?: JobDetail;
  readonly run: (job: JobRun) => Promise<Result>;
  /** The JSON value that is kept of what `run` gave. Default: all of it. */
  readonly toResult?: (result: Result) => unknown;
  /** Whether what it gave is worth a record that outlives this process. Default: always. */
  readonly isWorthRecord?: (result: Result) => boolean;
}

export interface StartedJob<Result> {
  readonly id: string;
  /** Rejects with what the work threw, with 409 when it was cancelled, or with `closed`. May be left alone. */
  readonly done: Promise<Result>;
}

/** Long work that goes on when the client that asked for it has gone. */
export interface Jobs extends Pick<JobRecords, 'all' | 'get' | 'result'> {
  /** Starts work, or lines it up. Throws a `Refusal` 429 when too much waits. */
  start<Result>(spec: JobSpec<Result>): StartedJob<Result>;
  /** Asks a job to stop; one that is over stays as it is. Undefined for one that is not known. */
  cancel(id: string): JobState | undefined;
  subscribe(listener: JobListener): () => void;
  /** Stops all and waits until they have stopped. */
  close(): Promise<void>;
}

interface LiveJob {
  readonly started: StartedJob<unknown>;
  readonly stop: AbortController;
  /** Lets nobody join it any more. */
  readonly unshare: () => void;
}

interface Parts {
  readonly records: JobRecords;
  readonly turns: KeyedLimiter;
  readonly log: Logger;
  readonly messageFor: JobsOptions['messageFor'];
}

export interface JobsOptions {
  readonly index: JobStore;
  readonly log: Logger;
  /** What clients may be told of a failure; undefined for one that is the server's own. */
  readonly messageFor: (error: unknown) => string | undefined;
}

/** Opens the jobs that the index keeps; those that another run of the server left behind count as failed. */
export async function openJobs({ index, log, messageFor }: JobsOptions): Promise<Jobs> {
  const records = await openJobRecords(index, log);
  const parts: Parts = { records, turns: createKeyedLimiter(), log, messageFor };
  const live = new Map<string, LiveJob>();
  const shared = new Map<string, StartedJob<unknown>>();
  let closing: Promise<void> | undefined;

  function begin<Result>(spec: JobSpec<Result>): StartedJob<Result> {
    const id = spec.id ?? randomUUID();
    const stop = new AbortController();
    const unshare = (): void => {
      if (spec.shareAs !== undefined && shared.get(spec.shareAs)?.id === id) shared.delete(spec.shareAs);
    };
    // Who comes while the outcome is written down wants a new run.
    const run = (job: JobRun): Promise<Result> => spec.run(job).finally(unshare);
    const started = { id, done: runJob({ ...spec, run }, { id, stop }, parts) };
    live.set(id, { started, stop, unshare });
    if (spec.shareAs !== undefined) shared.set(spec.shareAs, started);
    const leave = (): void => void live.delete(id);
    void started.done.then(leave, leave);
    return started;
  }

  async function closeAll(): Promise<void> {
    const jobs = [...live.values()];
    for (const { stop } of jobs) stop.abort(serviceClosed());
    const stopped = Promise.allSettled(jobs.map(({ started }) => started.done));
    const timer = new AbortController();
    await Promise.race([stopped, delay(CLOSING_GRACE, undefined, { signal: timer.signal })]);
    timer.abort();
    await records.close();
  }

  return {
    all: () => records.all(),
    get: (id) => records.get(id),
    result: (id) => records.result(id),
    subscribe: (listener) => records.subscribe(listener),
    start<Result>(spec: JobSpec<Result>) {
      if (closing !== undefined) throw serviceClosed();
      const same = spec.shareAs === undefined ? undefined : shared.get(spec.shareAs);
      // Those who start a job under one name agree on its result.
      if (same !== undefined) return same as StartedJob<Result>;
      if (!parts.turns.isFull(spec.kind)) return begin(spec);
      throw new Refusal('too-many-jobs', { limit: MAX_WAITING_JOBS, kind: spec.kind });
    },
    cancel(id) {
      const job = live.get(id);
      job?.unshare();
      job?.stop.abort(new Refusal('job-cancelled', {}));
      return records.get(id);
    },
    close: () => (closing ??= closeAll()),
  };
}

/** Runs a job from its queueing to its end; rejects with why it did not complete. */
async function runJob<Result>(
  spec: JobSpec<Result>,
  { id, stop }: { id: string; stop: AbortController },
  { records, turns, ...parts }: Parts,
): Promise<Result> {
  let state = newJobState(id, spec.kind, spec.detail ?? {});
  const change = (changed: Partial<JobState>): JobState =>
    (state = { ...state, ...changed, updatedTime: jobTime() });
  const report: JobRun['report'] = ({ stage = state.stage, progress = state.progress, detail }) => {
    if (isOver(state)) return;
    const isStep = stage !== state.stage;
    change({ stage, progress: Math.max(0, Math.min(1, progress)), detail: detail ?? state.detail });
    if (isStep) void records.step(state);
    else records.note(state);
  };
  void records.step(state);
  try {
    const result = await turns.take(spec.kind, stop.signal, () => {
      void records.step(change({ status: 'running', stage: 'running', startedTime: jobTime() }));
      return spec.run({ id, signal: stop.signal, report });
    });
    change({ status: 'completed', stage: 'done', progress: 1, finishedTime: jobTime() });
    const kept = spec.toResult?.(result) ?? result ?? null;
    await (spec.isWorthRecord?.(result) === false ? records.pass(state, kept) : records.step(state, kept));
    return result;
  } catch (error) {
    const { signal } = stop;
    change({ ...outcomeOf(error, signal, state, parts), finishedTime: jobTime() });
    await records.step(state);
    throw signal.aborted ? signal.reason : error;
  }
}

/** What is told of a job that did not complete: words meant for clients, and no internals. */
function outcomeOf(
  error: unknown,
  signal: AbortSignal,
  { id, kind }: JobState,
  { log, messageFor }: Pick<Parts, 'log' | 'messageFor'>,
): Pick<JobState, 'status' | 'error'> {
  if (signal.aborted) {
    return isServiceClosed(signal.reason)
      ? { status: 'failed', error: 'the server was stopped' }
      : { status: 'cancelled', error: 'the job was cancelled' };
  }
  const told = messageFor(error);
  if (told !== undefined) return { status: 'failed', error: told };
  log.error({ err: error, job: id, kind }, 'a job failed');
  return { status: 'failed', error: 'internal error' };
}
