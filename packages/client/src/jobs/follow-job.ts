import type { Job, JobEvent, ServerEvent } from '@iib-kit/contract';
import { routes } from '@iib-kit/contract/routes';

import { openScope } from '../request/abort-scope.ts';
import { isApiError } from '../errors/api-error.ts';
import type { CallOptions } from '../request/call-options.ts';
import { isClientError } from '../errors/client-error.ts';
import { failure } from '../errors/connection-error.ts';
import { isOver, jobState } from './job-state.ts';
import { isPassing, pause } from '../request/retry.ts';
import { sendRequest, type Connection } from '../request/send-request.ts';

/** How long the first event may take, in milliseconds: some proxies hold streams back. */
const MAX_FIRST_EVENT = 5000;

/** Milliseconds between two polls: at first, and at most. */
const MIN_POLL = 250;
const MAX_POLL = 5000;

/** How long the server may be unreachable, as during a restart, in milliseconds. */
const MAX_ABSENCE = 60_000;

const eventsTarget = { group: 'jobs', name: 'events', route: routes.jobs.events };
const statusTarget = { group: 'jobs', name: 'status', route: routes.jobs.status };

/** The state of a job whenever it changes, until it is over: from the stream of events, else by polling. */
export async function* followJob(
  id: string,
  connection: Connection,
  call: CallOptions,
): AsyncGenerator<Job, void, undefined> {
  const scope = openScope([connection.options.signal, call.signal]);
  const quiet = { ...call, signal: scope.signal };
  try {
    let last = '';
    for await (const job of jobStates(id, connection, quiet)) {
      scope.signal.throwIfAborted();
      const text = JSON.stringify(job);
      if (text === last) continue;
      last = text;
      yield job;
      if (isOver(job)) return;
    }
  } finally {
    scope.close();
  }
}

type Call = CallOptions & { readonly signal: AbortSignal };

async function* jobStates(id: string, connection: Connection, call: Call): AsyncGenerator<Job> {
  try {
    yield* streamedStates(id, connection, call);
  } catch (error) {
    call.signal.throwIfAborted();
    if (!mayStillAnswer(error)) throw error;
  }
  // Also reached when the stream ended before the job, as when the server stops.
  yield* polledStates(id, connection, call);
}

async function* streamedStates(id: string, connection: Connection, call: Call): AsyncGenerator<Job> {
  const scope = openScope([call.signal], {
    milliseconds: MAX_FIRST_EVENT,
    reason: () => failure('timeout', connection.options.baseUrl + routes.jobs.events.path),
  });
  try {
    const stream = await sendRequest(eventsTarget, { job_id: id }, connection, {
      ...call,
      signal: scope.signal,
    });
    for await (const { event } of stream as AsyncIterable<ServerEvent<JobEvent>>) {
      scope.stopClock();
      yield event.job;
    }
  } finally {
    scope.close();
  }
}

async function* polledStates(id: string, connection: Connection, call: Call): AsyncGenerator<Job> {
  let missingSince: number | undefined;
  for (let wait = MIN_POLL; ; wait = Math.min(wait * 1.5, MAX_POLL)) {
    try {
      yield jobState(await sendRequest(statusTarget, { job_id: id }, connection, call));
      missingSince = undefined;
    } catch (error) {
      missingSince ??= Date.now();
      if (!isPassing(error) || Date.now() - missingSince > MAX_ABSENCE) throw error;
    }
    await pause(wait, call.signal);
  }
}

/** Whether polling is worth a try after the stream of events failed. */
function mayStillAnswer(error: unknown): boolean {
  if (isApiError(error)) return error.status === 429 || error.status >= 500;
  return isClientError(error) && error.code !== 'certificate' && error.code !== 'unknown-host';
}
