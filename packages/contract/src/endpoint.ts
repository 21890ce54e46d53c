import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'DELETE';

/**
 * Who may call: `open` needs no key, `read` needs the key where one is set, `write` is refused as well
 * where the server is read-only.
 */
export type Permission = 'open' | 'read' | 'write';

/** Statuses that an endpoint declares beside those that every endpoint may answer (400, 401, 403, 422, 500). */
export type ErrorStatus = 404 | 408 | 409 | 413 | 416 | 429 | 501 | 502 | 504;

/** Marks an endpoint whose answer is bytes of the given media type, not JSON. */
export interface MediaOutput {
  readonly media: string;
}

/**
 * Marks an endpoint whose answer is a stream of server-sent events: objects that fit the schema, each named by its
 * `type`. Such an endpoint takes GET, as browsers can open no other.
 */
export interface EventsOutput<Event extends z.ZodType = z.ZodType> {
  readonly events: Event;
}

/** One event of a stream. An `id` marks the place from which a stream goes on after a break. */
export interface ServerEvent<Event> {
  readonly id?: string;
  readonly event: Event;
}

type EndpointOutput = z.ZodType | MediaOutput | EventsOutput;

/** What is written down as a constant has readonly lists. */
type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** Where a job's outcome is found. */
export interface StartedJob<Result extends z.ZodType = z.ZodType> {
  /** Group and name of the endpoint that answers it, by `job_id`. */
  readonly status: readonly [group: string, name: string];
  /** The field of its answer. */
  readonly field: string;
  /** What is there when the job is completed. */
  readonly result: Result;
}

/** One endpoint as data: the server's handlers, the client's methods and the OpenAPI document derive from it. */
export interface Endpoint<
  Input extends z.ZodType = z.ZodType,
  Output extends EndpointOutput = EndpointOutput,
> {
  readonly method: Method;
  /**
   * Below the base path, such as `/db/basic_info`. Parameters in braces are fields of the input; a last `{path}`
   * takes the rest of the URL path with its slashes.
   */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  readonly permission: Permission;
  /** An object schema. Taken from the path and from where `inputIn` says. */
  readonly input: Input;
  /** Where fields that are not in the path travel. Default: `query` for GET, `body` for the others. */
  readonly inputIn?: 'query' | 'body';
  /** Marks an endpoint that takes lists or long texts; bodies of the others are short. */
  readonly largeBody?: true;
  readonly output: Output;
  /** Marks a request that only asks, so that it may be sent again after a failure. Default: GET asks, others do not. */
  readonly onlyAsks?: boolean;
  /** Marks an endpoint that answers when long work is done, and not within seconds. */
  readonly answersWhenDone?: true;
  /** Of an endpoint that answers pages: the field of the answer with what is paged. */
  readonly pageItems?: string;
  /** Marks an endpoint that answers the `job_id` of a job which goes on when it has answered. */
  readonly startsJob?: StartedJob;
  /** Whether answers are so long and so even that they are compressed for clients that take it. */
  readonly isCompressed?: boolean;
  readonly errors: readonly ErrorStatus[];
  /** An input that works as it stands on any server, or with its paths replaced. */
  readonly example?: DeepReadonly<z.input<Input>>;
}

/** Endpoints grouped as the API reference is. */
export type Api = Readonly<Record<string, Readonly<Record<string, Endpoint>>>>;

/** What a caller sends: optional fields may be left out. */
export type InputOf<E extends Endpoint> = z.input<E['input']>;

/** What a handler receives: checked, defaults filled in. */
export type ParsedInputOf<E extends Endpoint> = z.output<E['input']>;

/** The JSON value that an endpoint answers; `never` for an endpoint that answers bytes or events. */
export type OutputOf<E extends Endpoint> = E['output'] extends z.ZodType ? z.output<E['output']> : never;

/** The events that an endpoint answers; `never` for one that answers something else. */
export type EventOf<E extends Endpoint> = E['output'] extends EventsOutput<infer S> ? z.output<S> : never;

/** Where the fields of an endpoint's input travel that are not in its path. */
export function inputPlace({ method, inputIn }: Endpoint): 'query' | 'body' {
  return inputIn ?? (method === 'GET' ? 'query' : 'body');
}

/** Whether a request only asks, so that sending it again does no harm. */
export function onlyAsks({ method, onlyAsks: declared }: Endpoint): boolean {
  return declared ?? method === 'GET';
}

export function isMedia(output: Endpoint['output']): output is MediaOutput {
  return 'media' in output;
}

export function isEvents(output: Endpoint['output']): output is EventsOutput {
  return 'events' in output;
}

/**
 * The handlers that an implementation of `A` owes: one function per endpoint, no more and no fewer.
 * JSON endpoints return their value; endpoints that answer bytes return `Media`; those that answer events return them
 * as they come.
 */
export type Handlers<A extends Api, Context, Media> = {
  readonly [Group in keyof A]: {
    readonly [Name in keyof A[Group]]: (
      input: ParsedInputOf<A[Group][Name]>,
      context: Context,
    ) => Promise<HandlerOutput<A[Group][Name]['output'], Media>>;
  };
};

type HandlerOutput<Output, Media> = Output extends z.ZodType
  ? z.input<Output>
  : Output extends EventsOutput<infer Event>
    ? AsyncIterable<ServerEvent<z.input<Event>>>
    : Media;

/** Keeps the literal types of an endpoint while the compiler checks its shape. */
export function endpoint<
  const Input extends z.ZodType,
  const Output extends EndpointOutput,
  const Definition extends Endpoint<Input, Output>,
>(definition: Definition & Endpoint<Input, Output>): Definition {
  return definition;
}
