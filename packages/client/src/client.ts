import type {
  api,
  Endpoint,
  EventsOutput,
  iibWebOutputs,
  InputOf,
  Job,
  LiveEvent,
  ServerEvent,
  StartedJob,
} from '@iib-kit/contract';
import { routes, type Route } from '@iib-kit/contract/routes';
import type { z } from 'zod';

import type { CallOptions, MediaCallOptions } from './request/call-options.ts';
import type { Dialect } from './client-options.ts';
import type { EndpointMethod } from './endpoint-method.ts';
import { followJob } from './jobs/follow-job.ts';
import type { MediaResponse } from './request/media-response.ts';
import { pagesOf, type Pages } from './pages.ts';
import { splitInput } from './request/request-of.ts';
import { runJob, type RunOptions } from './jobs/run-job.ts';
import { sendRequest, type Connection, type Target } from './request/send-request.ts';
import { watchEvents, type WatchOptions } from './watch-events.ts';

type Api = typeof api;
type WebOutputs = typeof iibWebOutputs;

/** What an endpoint answers in a dialect. */
type OutputIn<D extends Dialect, Group, Name, E extends Endpoint> = D extends 'iib-web'
  ? Group extends keyof WebOutputs
    ? Name extends keyof WebOutputs[Group]
      ? WebOutputs[Group][Name]
      : E['output']
    : E['output']
  : E['output'];

/** What a method takes; the input may be left out where all its fields may. */
type Arguments<E extends Endpoint, Options> =
  {} extends InputOf<E> ? [input?: InputOf<E>, options?: Options] : [input: InputOf<E>, options?: Options];

/** A value, events as they come, or bytes that are not read yet. */
type Call<E extends Endpoint, Output> = Output extends z.ZodType
  ? (...args: Arguments<E, CallOptions>) => Promise<z.output<Output>>
  : Output extends EventsOutput<infer Event>
    ? (...args: Arguments<E, CallOptions>) => Promise<AsyncIterable<ServerEvent<z.output<Event>>>>
    : (...args: Arguments<E, MediaCallOptions>) => Promise<MediaResponse>;

/** Of an endpoint whose whole input travels in the URL. */
interface WithUrl<E extends Endpoint> {
  /** The address of the answer, for `src` and `href`. The secret key is not in it. */
  url(...args: {} extends InputOf<E> ? [input?: InputOf<E>] : [input: InputOf<E>]): string;
}

/** Of an endpoint that answers pages. */
interface WithPages<E extends Endpoint, Page> {
  /** All pages from the cursor of the input on, or from the first: `for await (const image of ...pages(input))`. */
  pages(...args: Arguments<E, CallOptions>): Pages<ItemOf<E, Page>, Page>;
}

type ItemOf<E extends Endpoint, Page> = E extends { readonly pageItems: infer Field extends keyof Page }
  ? Page[Field] extends readonly (infer Item)[]
    ? Item
    : never
  : never;

/** An endpoint as a method. */
type Method<E extends Endpoint, Output> = Call<E, Output> &
  EndpointMethod<E> &
  (E['method'] extends 'GET' ? WithUrl<E> : unknown) &
  (E extends { readonly pageItems: string }
    ? Output extends z.ZodType
      ? WithPages<E, z.output<Output>>
      : unknown
    : unknown);

type Methods<D extends Dialect> = {
  readonly [Group in keyof Api]: {
    readonly [Name in keyof Api[Group]]: Method<
      Extract<Api[Group][Name], Endpoint>,
      OutputIn<D, Group, Name, Extract<Api[Group][Name], Endpoint>>
    >;
  };
};

/** An endpoint that starts a job. */
type JobEndpoint = Endpoint & { readonly startsJob: StartedJob };

/** What goes over several endpoints. */
interface JobMethods {
  /**
   * Starts a job by a method of this client that does (`client.media.generateThumbnails`), follows it to its end and
   * gives its result. An abort cancels the job.
   * @throws JobError for a job that failed or was cancelled
   */
  run<E extends JobEndpoint>(
    start: EndpointMethod<E>,
    input: InputOf<E>,
    options?: RunOptions,
  ): Promise<z.output<E['startsJob']['result']>>;
  /** Where a job is each time that this changes, until it is over. Leaving the loop leaves the job alone. */
  follow(jobId: string, options?: CallOptions): AsyncIterable<Job>;
}

interface EventMethods {
  /**
   * What changes in the library, over as many connections as it takes. After a break it goes on where it was; where
   * events may have been missed, one of the type `reset` says so.
   */
  watch(options?: WatchOptions): AsyncIterable<ServerEvent<LiveEvent>>;
}

/** One method for every endpoint, grouped as the API reference is, and some that go over several. */
export type Client<D extends Dialect = 'reference'> = Methods<D> & {
  readonly jobs: JobMethods;
  readonly events: EventMethods;
};

/** The methods of all endpoints over a connection. */
export function clientOver<D extends Dialect>(connection: Connection): Client<D> {
  const targets = new Map<unknown, Target>();
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [group, members] of Object.entries<Readonly<Record<string, Route>>>(routes)) {
    const methods: Record<string, unknown> = {};
    for (const [name, route] of Object.entries(members)) {
      const target = { group, name, route };
      const method = endpointMethod(target, connection);
      targets.set(method, target);
      methods[name] = method;
    }
    groups[group] = methods;
  }
  Object.assign(groups['jobs'] ?? {}, {
    run: async (start: unknown, input: object, options: RunOptions = {}) => {
      const target = targets.get(start);
      if (target === undefined) throw new TypeError('start must be a method of this client');
      return runJob(target, input, connection, options);
    },
    follow: (id: string, options: CallOptions = {}) => followJob(id, connection, options),
  } satisfies Record<keyof JobMethods, unknown>);
  Object.assign(groups['events'] ?? {}, {
    watch: (options: WatchOptions = {}) => watchEvents(connection, options),
  } satisfies Record<keyof EventMethods, unknown>);
  // Typed by the constants that the routes are made of.
  return groups as unknown as Client<D>;
}

function endpointMethod(target: Target, connection: Connection): object {
  const { route } = target;
  const { options } = connection;
  const call = async (input: object = {}, callOptions: CallOptions = {}): Promise<unknown> =>
    sendRequest(target, input, connection, callOptions);
  const url = (input: object = {}): string => splitInput(route, input, options.baseUrl).url;
  const pages = (input: object = {}, callOptions: CallOptions = {}): Pages<unknown, object> =>
    pagesOf({
      send: call,
      input: { ...input },
      call: callOptions,
      items: route.pageItems ?? '',
      url: options.baseUrl + route.path,
      throwIfAborted() {
        options.signal?.throwIfAborted();
        callOptions.signal?.throwIfAborted();
      },
    });
  return Object.assign(
    call,
    route.method === 'GET' ? { url } : {},
    route.pageItems === undefined ? {} : { pages },
  );
}
