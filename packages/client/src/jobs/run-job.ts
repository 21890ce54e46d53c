import type { Job } from '@iib-kit/contract';
import { routes, type Route } from '@iib-kit/contract/routes';

import { openScope } from '../request/abort-scope.ts';
import type { CallOptions } from '../request/call-options.ts';
import { wrongResult } from '../request/check-answer.ts';
import { unexpectedShape } from '../errors/connection-error.ts';
import { followJob } from './follow-job.ts';
import { jobState } from './job-state.ts';
import { JobError } from '../errors/job-error.ts';
import { sendRequest, type Connection, type Target } from '../request/send-request.ts';

/** How a job is run. */
export interface RunOptions extends CallOptions {
  /** Called whenever the job changes. */
  onProgress?: (job: Job) => void;
  /** Whether an abort cancels the job, also for those who joined it. Default `true`. */
  cancelOnAbort?: boolean;
}

/** How long an aborted start, and cancelling a job, may take in milliseconds. */
const CANCEL_TIMEOUT = 5000;

const groups: Readonly<Record<string, Readonly<Record<string, Route>>>> = routes;
const cancelTarget = { group: 'jobs', name: 'cancel', route: routes.jobs.cancel };

/** Starts a job, follows it to its end and gives its result. */
export async function runJob(
  start: Target,
  input: object,
  connection: Connection,
  { onProgress, cancelOnAbort = true, ...call }: RunOptions,
): Promise<unknown> {
  if (start.route.startsJob === undefined) throw new TypeError(`${start.group}.${start.name} starts no job`);
  const scope = openScope([connection.options.signal, call.signal]);
  const { signal } = scope;
  // Starting and cancelling are sent even when the client is closed.
  const detached: Connection = { ...connection, options: { ...connection.options, signal: undefined } };
  let id: string | undefined;
  try {
    signal.throwIfAborted();
    id = await startJob(start, input, detached, { ...call, signal });
    signal.throwIfAborted();
    let last: Job | undefined;
    for await (const job of followJob(id, connection, { ...call, signal })) {
      last = job;
      onProgress?.(job);
    }
    if (last?.status === 'failed' || last?.status === 'cancelled') throw new JobError(last.status, last);
    return await resultOf(id, start, connection, { ...call, signal });
  } catch (error) {
    if (signal.aborted && cancelOnAbort && id !== undefined) {
      // The caller gets the reason of the abort; a job that cannot be cancelled continues.
      await sendRequest(cancelTarget, { job_id: id }, detached, { timeout: CANCEL_TIMEOUT }).catch(
        () => undefined,
      );
    }
    throw error;
  } finally {
    scope.close();
  }
}

/** The id of the job. An abort waits for it a little, since a job without a known id could not be cancelled. */
async function startJob(
  start: Target,
  input: object,
  connection: Connection,
  { signal, ...call }: CallOptions & { readonly signal: AbortSignal },
): Promise<string> {
  const late = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => late.abort(signal.reason), CANCEL_TIMEOUT);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const answer = await sendRequest(start, input, connection, { ...call, signal: late.signal });
    // Endpoints that start jobs declare it so.
    return (answer as { job_id: string }).job_id;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

async function resultOf(
  id: string,
  start: Target,
  connection: Connection,
  call: CallOptions,
): Promise<unknown> {
  const { status: [group, name] = ['jobs', 'status'], field = 'result' } = start.route.startsJob ?? {};
  const route = groups[group]?.[name];
  if (route === undefined) throw new TypeError(`the contract has no ${group}.${name}`);
  const answer = await sendRequest({ group, name, route }, { job_id: id }, connection, call);
  // Endpoints that report jobs answer objects.
  const { [field]: result, error } = answer as Readonly<Record<string, unknown>>;
  // A job can outlive its result.
  if (result === null && typeof error === 'string') throw new JobError('failed', jobState(answer));
  const problem = connection.options.validate ? await wrongResult(result, start) : undefined;
  if (problem === undefined) return result;
  throw unexpectedShape(problem, connection.options.baseUrl + route.path);
}
