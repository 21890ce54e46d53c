import type { ServerEvent } from '@iib-kit/contract';
import type { Route } from '@iib-kit/contract/routes';

import { openScope, type AbortScope } from './abort-scope.ts';
import { isApiError } from '../errors/api-error.ts';
import { milliseconds, type ResolvedClientOptions } from '../client-options.ts';
import type { CallOptions } from './call-options.ts';
import { wrongShape, type EndpointName } from './check-answer.ts';
import { isClientError } from '../errors/client-error.ts';
import { connectionError, failure, unexpectedShape } from '../errors/connection-error.ts';
import { readEvents } from '../transport/event-stream.ts';
import { cutError, mediaResponse } from './media-response.ts';
import { isJson, notThisApi, refusal } from '../errors/refusal.ts';
import { requestOf } from './request-of.ts';
import { isPassing, pause, retryDelay } from './retry.ts';
import { streamChunks } from '../transport/stream-chunks.ts';
import type { Transport, TransportRequest, TransportResponse } from '../transport/transport.ts';

/** What all calls of a client share. */
export interface Connection {
  readonly options: ResolvedClientOptions;
  readonly transport: Transport;
}

/** An endpoint as calls need it. */
export interface Target extends EndpointName {
  readonly route: Route;
}

/** Sends a request, again where that does no harm, and reads its answer as the endpoint declares it. */
export async function sendRequest(
  target: Target,
  input: object,
  connection: Connection,
  call: CallOptions,
): Promise<unknown> {
  const { options } = connection;
  const request = requestOf(target.route, input, options, call);
  const scope = openScope([options.signal, call.signal], {
    milliseconds: timeoutOf(target.route, options, call),
    reason: () => failure('timeout', request.url),
  });
  const retries = target.route.onlyAsks ? options.retry.limit : 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await sendOnce(target, request, connection, scope);
    } catch (error) {
      const delay =
        attempt < retries && isPassing(error) ? retryDelay(error, attempt, options.retry) : undefined;
      if (delay === undefined) {
        scope.close();
        throw error;
      }
      await pause(delay, scope.signal).catch((reason: unknown) => {
        scope.close();
        throw reason;
      });
    }
  }
}

function timeoutOf(route: Route, options: ResolvedClientOptions, { timeout }: CallOptions): number {
  if (timeout !== undefined) return milliseconds('timeout', timeout);
  return route.answersWhenDone ? 0 : options.timeout;
}

/** The scope is closed with the last byte of the answer. */
async function sendOnce(
  target: Target,
  request: Omit<TransportRequest, 'signal'>,
  connection: Connection,
  scope: AbortScope,
): Promise<unknown> {
  const { url } = request;
  try {
    scope.signal.throwIfAborted();
    const response = await connection.transport({ ...request, signal: scope.signal });
    if (response.status >= 400) throw await refusal(response, target.route, url);
    if (response.status >= 300 && response.status !== 304) {
      response.discard();
      throw failure('redirect-loop', url);
    }
    switch (target.route.answer) {
      case 'media':
        scope.stopClock();
        return mediaResponse(response, url, scope);
      case 'events':
        scope.stopClock();
        return events(target, response, url, connection, scope);
      case 'json': {
        const value = await readJson(response, url);
        await checkShape(target, value, url, connection);
        scope.close();
        return value;
      }
      default:
        return target.route.answer satisfies never;
    }
  } catch (error) {
    if (scope.signal.aborted) throw scope.signal.reason;
    throw isApiError(error) || isClientError(error) ? error : connectionError(error, url);
  }
}

async function readJson(response: TransportResponse, url: string): Promise<unknown> {
  if (!isJson(response)) throw notThisApi(response, url);
  return parseJson(await response.text(), url);
}

function parseJson(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw failure('interrupted', url, cause);
  }
}

async function checkShape(
  target: Target,
  value: unknown,
  url: string,
  { options }: Connection,
): Promise<void> {
  if (!options.validate) return;
  const problem = await wrongShape(value, target, options.dialect);
  if (problem !== undefined) throw unexpectedShape(problem, url);
}

/** The events of an answer; they may take as long as they like. */
function events(
  target: Target,
  response: TransportResponse,
  url: string,
  connection: Connection,
  scope: AbortScope,
): AsyncIterable<ServerEvent<unknown>> {
  const type = response.header('content-type') ?? '';
  const body = type.startsWith('text/event-stream') ? response.stream() : undefined;
  if (body === undefined) throw notThisApi(response, url);
  return eventsOf(target, body, url, connection, scope);
}

async function* eventsOf(
  target: Target,
  body: ReadableStream<Uint8Array>,
  url: string,
  connection: Connection,
  scope: AbortScope,
): AsyncGenerator<ServerEvent<unknown>, void, undefined> {
  try {
    for await (const { id, data } of readEvents(streamChunks(body))) {
      const event = parseJson(data, url);
      await checkShape(target, event, url, connection);
      yield id === undefined ? { event } : { id, event };
    }
  } catch (error) {
    throw isClientError(error) ? error : cutError(error, url, scope.signal);
  } finally {
    scope.close();
  }
}
