import type { LiveEvent, ServerEvent } from '@iib-kit/contract';
import { routes } from '@iib-kit/contract/routes';

import { openScope } from './request/abort-scope.ts';
import { isApiError } from './errors/api-error.ts';
import type { CallOptions } from './request/call-options.ts';
import { isClientError } from './errors/client-error.ts';
import { failure } from './errors/connection-error.ts';
import { isPassing, pause, retryDelay } from './request/retry.ts';
import { sendRequest, type Connection } from './request/send-request.ts';

/** A lost connection, and when it is reopened. */
export interface WatchBreak {
  readonly error: unknown;
  /** Attempts in a row, counted from 1. */
  readonly attempt: number;
  /** Milliseconds until the connection is reopened. */
  readonly delay: number;
}

/** How events are watched. */
export interface WatchOptions extends CallOptions {
  /** `id` of the last known event, to continue after it. Default: from now on. */
  cursor?: string;
  /** Called whenever the connection is lost. */
  onBreak?: (lost: WatchBreak) => void;
}

/** Most milliseconds before a lost connection is reopened. */
const MAX_DELAY = 30_000;

const target = { group: 'events', name: 'stream', route: routes.events.stream };

/**
 * The events of the library, over as many connections as needed. Missed events are sent after a reconnect, or a `reset`
 * says that they are lost.
 */
export async function* watchEvents(
  connection: Connection,
  { cursor: from, onBreak, ...call }: WatchOptions,
): AsyncGenerator<ServerEvent<LiveEvent>, void, undefined> {
  const { options } = connection;
  // A lost connection is reopened below, with delays of its own.
  const withoutRetries: Connection = {
    ...connection,
    options: { ...options, retry: { ...options.retry, limit: 0 } },
  };
  const scope = openScope([options.signal, call.signal]);
  let cursor = from;
  let connected = false;
  let attempt = 0;
  try {
    for (;;) {
      let lost: unknown;
      try {
        const input = cursor === undefined ? {} : { cursor };
        const resumes = cursor !== undefined || !connected;
        const stream = await sendRequest(target, input, connected ? withoutRetries : connection, {
          ...call,
          signal: scope.signal,
        });
        connected = true;
        for await (const { id, event } of stream as AsyncIterable<ServerEvent<LiveEvent>>) {
          scope.signal.throwIfAborted();
          attempt = 0;
          cursor = id ?? cursor;
          const delivered = event.type === 'ready' && !resumes ? missed(event.cursor) : event;
          yield id === undefined ? { event: delivered } : { id, event: delivered };
        }
        lost = failure('stream-cut', options.baseUrl + target.route.path);
      } catch (error) {
        scope.signal.throwIfAborted();
        if (!connected || !mayComeBack(error)) throw error;
        lost = error;
      }
      attempt += 1;
      const delay = delayAfter(lost, attempt, options.retry.minDelay);
      onBreak?.({ error: lost, attempt, delay });
      await pause(delay, scope.signal);
    }
  } finally {
    scope.close();
  }
}

/** The first connection broke before any cursor was known, so events may have been missed. */
function missed(cursor: string): LiveEvent {
  return { type: 'reset', cursor, reason: 'unknown-cursor' };
}

function delayAfter(error: unknown, attempt: number, minDelay: number): number {
  const retryAfter = isApiError(error) ? (error.retryAfter ?? 0) : 0;
  return retryDelay(error, attempt - 1, { minDelay, maxDelay: MAX_DELAY }) ?? retryAfter;
}

/** Whether a server that has answered before may answer again; without a network no host is found. */
function mayComeBack(error: unknown): boolean {
  return (
    isPassing(error) || (isClientError(error) && (error.code === 'unknown-host' || error.code === 'timeout'))
  );
}
