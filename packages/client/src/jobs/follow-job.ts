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

/** Between two questions where a job is, in milliseconds: at first, and at most. */
const MIN_POLL = 250;
const MAX_POLL = 5000;

/** How long the server may be gone, as for a restart, in milliseconds. */
const MAX_ABSENCE = 60_000;

const eventsTarget = { group: 'jobs', name: 'events', route: routes.jobs.events };
const statusTarget = { group: 'jobs', name: 'status', route: routes.jobs.status };

/** Where a job is each time that this changes, until it is over: as the server tells it, else by asking. */
export async function* followJob(
  id: string,
  connection: Connection,
  call: CallOptions,
): AsyncGenerator<Job, void, undefined> {
  const scope = openScope([connection.options.signal, call.signal]);
  const quiet = { ...call, signal: scope.signal };
  try {
    let shown = '';
    for await (const job of jobStates(id, connection, quiet)) {
      scope.signal.throwIfAborted();
      const text = JSON.stringify(job);
      if (text === shown) continue;
      shown = text;
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
    yield* toldStates(id, connection, call);
  } catch (error) {
    call.signal.throwIfAborted();
    if (!mayStillAnswer(error)) throw error;
  }
  // Comes here also when the stream ended before the job did, as when the server stops.
  yield* askedStates(id, connection, call);
}

async function* toldStates(id: string, connection: Connection, call: Call): AsyncGenerator<Job> {
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

async function* askedStates(id: string, connection: Connection, call: Call): AsyncGenerator<Job> {
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

/** Whether it is worth asking where the stream of events failed. */
function mayStillAnswer(error: unknown): boolean {
  if (isApiError(error)) return error.status === 429 || error.status >= 500;
  return isClientError(error) && error.code !== 'certificate' && error.code !== 'unknown-host';
}
