import {
  errorBody,
  fillPath,
  inputPlace,
  isEvents,
  isMedia,
  pathParameters,
  type Endpoint,
  type ServerEvent,
} from '@iib-kit/contract';
import type { z } from 'zod';
import { fetch as undiciFetch, type Response } from 'undici';

import { ApiError } from './api-error.ts';
import { ClientError } from './client-error.ts';
import type { ResolvedClientOptions } from './client-options.ts';
import { readEvents } from './event-stream.ts';
import type { MediaResponse } from './media-response.ts';

/** Of one call. */
export interface CallOptions {
  /** Gives the call up; it then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Sent with this request, such as `range` or `if-none-match`. */
  headers?: Readonly<Record<string, string>>;
}

/** Sends one request and reads its answer as the endpoint declares it. */
export async function sendRequest(
  endpoint: Endpoint,
  input: object,
  options: ResolvedClientOptions,
  call: CallOptions,
): Promise<unknown> {
  const { url, rest } = splitInput(endpoint, input, options.baseUrl);
  const deadline = deadlineOf(options.timeout, call.signal);
  try {
    const response = await (options.fetch ?? undiciFetch)(url, {
      method: endpoint.method,
      headers: requestHeaders(endpoint, options, call),
      ...(inputPlace(endpoint) === 'query' ? {} : { body: JSON.stringify(rest) }),
      ...(deadline.signal === undefined ? {} : { signal: deadline.signal }),
      ...(options.dispatcher === undefined ? {} : { dispatcher: options.dispatcher }),
    });
    if (response.status >= 400) throw await refusal(response, url);
    const { output } = endpoint;
    if (isMedia(output)) return mediaResponse(response);
    if (isEvents(output)) {
      const body = await eventBody(response, url);
      const check = (value: unknown) => (options.validate ? checkShape(output.events, value, url) : value);
      return eventsOf(body, url, check, call.signal);
    }
    const value = await readJson(response, url);
    return options.validate ? checkShape(output, value, url) : value;
  } catch (error) {
    throw explain(error, url, deadline, call.signal);
  } finally {
    deadline.clear();
  }
}

/** The URL with what travels in it, and what is left for the body. */
function splitInput(endpoint: Endpoint, input: object, baseUrl: string): { url: string; rest: object } {
  const inPath = pathParameters(endpoint.path);
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.includes(name)));
  const url = baseUrl + fillPath(endpoint.path, { ...input });
  if (inputPlace(endpoint) === 'body') return { url, rest };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined && value !== null) query.set(name, String(value));
  }
  return { url: query.size === 0 ? url : `${url}?${query.toString()}`, rest };
}

function requestHeaders(
  endpoint: Endpoint,
  { headers, secretKey }: ResolvedClientOptions,
  call: CallOptions,
): Record<string, string> {
  return {
    ...headers,
    ...call.headers,
    ...(inputPlace(endpoint) === 'query' ? {} : { 'content-type': 'application/json' }),
    ...(secretKey === undefined ? {} : { authorization: `Bearer ${secretKey}` }),
  };
}

interface Deadline {
  readonly signal: AbortSignal | undefined;
  readonly hasPassed: () => boolean;
  readonly clear: () => void;
}

/** Counts until the head of the answer is there and, for JSON, its body; a stream may then take its time. */
function deadlineOf(timeout: number, signal: AbortSignal | undefined): Deadline {
  if (timeout === 0) return { signal, hasPassed: () => false, clear: () => {} };
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeout);
  return {
    signal: signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]),
    hasPassed: () => controller.signal.aborted,
    clear: () => clearTimeout(timer),
  };
}

async function refusal(response: Response, url: string): Promise<Error> {
  const body = errorBody.safeParse(await readJson(response, url));
  if (body.success) return new ApiError(response.status, body.data.detail);
  return notThisApi(response, url);
}

async function readJson(response: Response, url: string): Promise<unknown> {
  if (!/\bjson\b/.test(response.headers.get('content-type') ?? '')) {
    await response.body?.cancel();
    throw notThisApi(response, url);
  }
  return parseJson(await response.text(), url);
}

function parseJson(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ClientError('not-this-api', `the answer of ${url} is not JSON`, url, { cause });
  }
}

function notThisApi(response: Response, url: string): ClientError {
  const type = response.headers.get('content-type') ?? 'no type';
  return new ClientError(
    'not-this-api',
    `${url} answered ${response.status} with ${type}, which is not this API; check baseUrl and its base path`,
    url,
  );
}

async function eventBody(response: Response, url: string): Promise<AsyncIterable<Uint8Array>> {
  const type = response.headers.get('content-type') ?? '';
  if (response.body !== null && type.startsWith('text/event-stream')) return response.body;
  await response.body?.cancel();
  throw notThisApi(response, url);
}

/** The events of an answer; they may take as long as they like. */
async function* eventsOf(
  body: AsyncIterable<Uint8Array>,
  url: string,
  check: (value: unknown) => unknown,
  signal: AbortSignal | undefined,
): AsyncGenerator<ServerEvent<unknown>, void, undefined> {
  try {
    yield* readEvents(body, (json) => check(parseJson(json, url)));
  } catch (error) {
    throw explain(error, url, { hasPassed: () => false }, signal);
  }
}

function checkShape(schema: z.ZodType, value: unknown, url: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ClientError(
    'unexpected-shape',
    `the answer of ${url} has another shape than this client knows`,
    url,
    {
      cause: result.error,
    },
  );
}

function mediaResponse(response: Response): MediaResponse {
  return {
    status: response.status,
    headers: new Headers([...response.headers]),
    // undici and the web declare the same stream in two places.
    body: response.body as MediaResponse['body'],
    bytes: async () => new Uint8Array(await response.arrayBuffer()),
  };
}

function explain(
  error: unknown,
  url: string,
  deadline: Pick<Deadline, 'hasPassed'>,
  signal: AbortSignal | undefined,
): unknown {
  if (error instanceof ApiError || error instanceof ClientError) return error;
  if (signal?.aborted === true) return signal.reason;
  if (deadline.hasPassed()) return new ClientError('timeout', `${url} did not answer in time`, url);
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return isConnectionCut(cause)
    ? new ClientError('interrupted', `${url} ended the connection: ${reason}`, url, { cause: error })
    : new ClientError('unreachable', `${url} cannot be reached: ${reason}`, url, { cause: error });
}

function isConnectionCut(cause: unknown): boolean {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
}
