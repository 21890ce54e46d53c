import { api, type Endpoint, type EventsOutput, type InputOf, type ServerEvent } from '@iib-kit/contract';
import type { z } from 'zod';

import { resolveClientOptions, type ClientOptions } from './client-options.ts';
import type { MediaResponse } from './media-response.ts';
import { sendRequest, type CallOptions } from './send-request.ts';

type Api = typeof api;

/** An endpoint as a method; its input may be left out where all its fields may. */
type Call<E extends Endpoint> = (
  ...args: {} extends InputOf<E>
    ? [input?: InputOf<E>, options?: CallOptions]
    : [input: InputOf<E>, options?: CallOptions]
) => Promise<Answer<E['output']>>;

/** A value, events as they come, or bytes that are not read yet. */
type Answer<Output> = Output extends z.ZodType
  ? z.output<Output>
  : Output extends EventsOutput<infer Event>
    ? AsyncIterable<ServerEvent<z.output<Event>>>
    : MediaResponse;

/** One method for every endpoint, grouped as the API reference is. */
export type Client = {
  readonly [Group in keyof Api]: {
    readonly [Name in keyof Api[Group]]: Call<Extract<Api[Group][Name], Endpoint>>;
  };
};

/**
 * A client of a running server. Methods reject with `ApiError` for a refusal of the server, with `ClientError`
 * for what never reached it, and with the signal's reason when they were aborted.
 * @throws TypeError or RangeError naming an option that is wrong
 */
export function createClient(options: ClientOptions): Client {
  const resolved = resolveClientOptions(options);
  const method =
    (endpoint: Endpoint) =>
    (input: object = {}, call: CallOptions = {}) =>
      sendRequest(endpoint, input, resolved, call);
  const groups = Object.entries(api).map(([group, endpoints]) => [
    group,
    Object.fromEntries(Object.entries(endpoints).map(([name, endpoint]) => [name, method(endpoint)])),
  ]);
  // Typed by the same constants that were walked, which `fromEntries` loses.
  const client: Client = Object.fromEntries(groups);
  return client;
}
