import type { LiveEvent, ServerEvent } from '@iib-kit/contract';
import { routes } from '@iib-kit/contract/routes';

import { openScope } from './request/abort-scope.ts';
import { isApiError } from './errors/api-error.ts';
import type { CallOptions } from './request/call-options.ts';
import { isClientError } from './errors/client-error.ts';
import { failure } from './errors/connection-error.ts';
import { isPassing, pause, retryDelay } from './request/retry.ts';
import { sendRequest, type Connection } from './request/send-request.ts';

/** A connection that was lost, and when it is tried again. */
export interface WatchBreak {
  readonly error: unknown;
  /** How often in a row, the first time being 1. */
  readonly attempt: number;
  /** Milliseconds until then. */
  readonly delay: number;
}

/** How events are watched. */
export interface WatchOptions extends CallOptions {
  /** `id` of the last event that is known, to go on from there. Default: from now on. */
  cursor?: string;
  /** Called each time that the connection was lost. */
  onBreak?: (lost: WatchBreak) => void;
}

/** Most milliseconds between two times that a lost connection is opened again. */
const MAX_DELAY = 30_000;

const target = { group: 'events', name: 'stream', route: routes.events.stream };

/**
 * The events of the library, over as many connections as it takes. What was missed in between comes after, or a `reset`
 * says that it cannot.
 */
export async function* watchEvents(
  connection: Connection,
  { cursor: from, onBreak, ...call }: WatchOptions,
): AsyncGenerator<ServerEvent<LiveEvent>, void, undefined> {
  const { options } = connection;
  // A connection that was lost is opened again below, at a pace of its own.
  const again: Connection = { ...connection, options: { ...options, retry: { ...options.retry, limit: 0 } } };
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
        const stream = await sendRequest(target, input, connected ? again : connection, {
          ...call,
          signal: scope.signal,
        });
        connected = true;
        for await (const { id, event } of stream as AsyncIterable<ServerEvent<LiveEvent>>) {
          scope.signal.throwIfAborted();
          attempt = 0;
          cursor = id ?? cursor;
          const told = event.type === 'ready' && !resumes ? missed(event.cursor) : event;
          yield id === undefined ? { event: told } : { id, event: told };
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

/** Nothing was heard of the first connection, so that there was no place to go on from. */
function missed(cursor: string): LiveEvent {
  return { type: 'reset', cursor, reason: 'unknown-cursor' };
}

function delayAfter(error: unknown, attempt: number, minDelay: number): number {
  const asked = isApiError(error) ? (error.retryAfter ?? 0) : 0;
  return retryDelay(error, attempt - 1, { minDelay, maxDelay: MAX_DELAY }) ?? asked;
}

/** Of a server that has answered before: a machine without a network finds no host at all. */
function mayComeBack(error: unknown): boolean {
  return (
    isPassing(error) || (isClientError(error) && (error.code === 'unknown-host' || error.code === 'timeout'))
  );
}
