import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'DELETE';

/**
 * Who may call: `open` needs no key, `read` needs the key where one is set, `write` is refused as well
 * where the server is read-only.
 */
export type Permission = 'open' | 'read' | 'write';

/** Statuses that an endpoint declares beside those that every endpoint may answer (400, 401, 403, 422, 500). */
export type ErrorStatus = 404 | 408 | 409 | 413 | 416 | 429;

/** Marks an endpoint whose answer is bytes of the given media type, not JSON. */
export interface MediaOutput {
  readonly media: string;
}

/** One endpoint as data: the server's handlers, the client's methods and the OpenAPI document derive from it. */
export interface Endpoint<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType | MediaOutput = z.ZodType | MediaOutput,
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
  /** An object schema. GET endpoints take it from path and query, the others from path and JSON body. */
  readonly input: Input;
  readonly output: Output;
  readonly errors: readonly ErrorStatus[];
  /** An input that works as it stands on any server, or with its paths replaced. */
  readonly example?: z.input<Input>;
}

/** Endpoints grouped as the API reference is. */
export type Api = Readonly<Record<string, Readonly<Record<string, Endpoint>>>>;

/** What a caller sends: optional fields may be left out. */
export type InputOf<E extends Endpoint> = z.input<E['input']>;

/** What a handler receives: checked, defaults filled in. */
export type ParsedInputOf<E extends Endpoint> = z.output<E['input']>;

/** The JSON value that an endpoint answers; `never` for an endpoint that answers bytes. */
export type OutputOf<E extends Endpoint> = E['output'] extends z.ZodType ? z.output<E['output']> : never;

export function isMedia(output: Endpoint['output']): output is MediaOutput {
  return 'media' in output;
}

/**
 * The handlers that an implementation of `A` owes: one function per endpoint, no more and no fewer.
 * JSON endpoints return their value; endpoints that answer bytes return `Media`.
 */
export type Handlers<A extends Api, Context, Media> = {
  readonly [Group in keyof A]: {
    readonly [Name in keyof A[Group]]: (
      input: ParsedInputOf<A[Group][Name]>,
      context: Context,
    ) => Promise<A[Group][Name]['output'] extends z.ZodType ? z.input<A[Group][Name]['output']> : Media>;
  };
};

/** Keeps the literal types of an endpoint while the compiler checks its shape. */
export function endpoint<
  const Input extends z.ZodType,
  const Output extends z.ZodType | MediaOutput,
  const Definition extends Endpoint<Input, Output>,
>(definition: Definition & Endpoint<Input, Output>): Definition {
  return definition;
}
