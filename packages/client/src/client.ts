import type { api, Endpoint, EventsOutput, InputOf, ServerEvent } from '@iib-kit/contract';
import { routes, type Route } from '@iib-kit/contract/routes';
import type { z } from 'zod';

import type { CallOptions, MediaCallOptions } from './call-options.ts';
import type { MediaResponse } from './media-response.ts';
import { splitInput } from './request-of.ts';
import { sendRequest, type Connection } from './send-request.ts';

type Api = typeof api;

/** What a method takes; the input may be left out where all its fields may. */
type Arguments<E extends Endpoint, Options> =
  {} extends InputOf<E> ? [input?: InputOf<E>, options?: Options] : [input: InputOf<E>, options?: Options];

/** A value, events as they come, or bytes that are not read yet. */
type Call<E extends Endpoint> = E['output'] extends z.ZodType
  ? (...args: Arguments<E, CallOptions>) => Promise<z.output<E['output']>>
  : E['output'] extends EventsOutput<infer Event>
    ? (...args: Arguments<E, CallOptions>) => Promise<AsyncIterable<ServerEvent<z.output<Event>>>>
    : (...args: Arguments<E, MediaCallOptions>) => Promise<MediaResponse>;

/** Beside a method whose whole input travels in the URL. */
interface WithUrl<E extends Endpoint> {
  /** The address of the answer, for `src` and `href`. The secret key is not in it. */
  url(...args: {} extends InputOf<E> ? [input?: InputOf<E>] : [input: InputOf<E>]): string;
}

/** An endpoint as a method. */
type Method<E extends Endpoint> = Call<E> & (E['method'] extends 'GET' ? WithUrl<E> : unknown);

/** One method for every endpoint, grouped as the API reference is. */
export type Client = {
  readonly [Group in keyof Api]: {
    readonly [Name in keyof Api[Group]]: Method<Extract<Api[Group][Name], Endpoint>>;
  };
};

/** The methods of all endpoints over a connection. */
export function clientOver(connection: Connection): Client {
  const groups = Object.entries(routes).map(([group, members]) => [
    group,
    Object.fromEntries(
      Object.entries<Route>(members).map(([name, route]) => [
        name,
        method({ group, name, route }, connection),
      ]),
    ),
  ]);
  // Typed by the constants that the routes are made of, which `fromEntries` loses.
  const client: Client = Object.fromEntries(groups);
  return client;
}

function method(target: Parameters<typeof sendRequest>[0], connection: Connection): object {
  const call = async (input: object = {}, options: CallOptions = {}): Promise<unknown> =>
    sendRequest(target, input, connection, options);
  const { route } = target;
  if (route.method !== 'GET') return call;
  const url = (input: object = {}): string => splitInput(route, input, connection.options.baseUrl).url;
  return Object.assign(call, { url });
}
