import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

import type { ApiRequest } from '../api-request.ts';
import type { BodyBudget } from '../body/body-budget.ts';
import type { BodyLimits } from '../body/body-limits.ts';
import { parsedJsonBody, readJsonBody } from '../body/read-json-body.ts';

export interface FromNodeOptions {
  readonly base: string;
  readonly prefix?: string;
  readonly url?: string;
  /** The URL that was asked for, where the framework has cut off so much that a last slash may not be the client's. */
  readonly originalUrl?: string | undefined;
  readonly parsedBody?: unknown;
  /** The client's address where the framework knows better than the connection. */
  readonly address?: (() => string | undefined) | undefined;
  readonly id?: string | undefined;
}

/**
 * The API's view of a Node request, or undefined when its URL is not below `base`.
 * `url` and `prefix` come from frameworks that cut a mount path off the URL: `prefix + url` is what the
 * client asked for.
 */
export function fromNode(
  request: IncomingMessage,
  response: ServerResponse,
  options: FromNodeOptions,
): ApiRequest | undefined {
  const url = options.url ?? request.url ?? '/';
  const queryStart = url.indexOf('?');
  const path = queryStart === -1 ? url : url.slice(0, queryStart);
  if (path !== options.base && !path.startsWith(`${options.base}/`)) return undefined;
  return new NodeRequest(request, response, options, {
    path: withoutTrailingSlash(path.slice(options.base.length)),
    query: queryStart === -1 ? '' : url.slice(queryStart + 1),
  });
}

/** Works out what is asked of it: many requests need little. */
class NodeRequest implements ApiRequest {
  readonly path: string;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #options: FromNodeOptions;
  readonly #queryText: string;
  #query: URLSearchParams | undefined;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    options: FromNodeOptions,
    { path, query }: { path: string; query: string },
  ) {
    this.path = path;
    this.#request = request;
    this.#response = response;
    this.#options = options;
    this.#queryText = query;
  }

  get method(): string {
    return this.#request.method ?? 'GET';
  }

  get endsInSlash(): boolean {
    const { url = '/' } = this.#request;
    const [path = ''] = (this.#options.originalUrl ?? url).split('?', 1);
    return path.endsWith('/');
  }

  get base(): string {
    return `${this.#options.prefix ?? ''}${this.#options.base}`;
  }

  get query(): URLSearchParams {
    return (this.#query ??= new URLSearchParams(this.#queryText));
  }

  get headers(): IncomingHttpHeaders {
    return this.#request.headers;
  }

  get id(): string | undefined {
    return this.#options.id;
  }

  get peerAddress(): string | undefined {
    return this.#options.address?.() ?? this.#request.socket.remoteAddress;
  }

  get signal(): AbortSignal {
    return signalOf(this.#response);
  }

  async readBody(room: BodyBudget, limits: BodyLimits): Promise<unknown> {
    const { headers, readableDidRead } = this.#request;
    if (readableDidRead) return parsedJsonBody(headers, this.#options.parsedBody);
    return readJsonBody(
      { headers, chunks: this.#request.iterator({ destroyOnReturn: false }) },
      { room, limits },
    );
  }
}

function withoutTrailingSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

const signals = new WeakMap<ServerResponse, AbortSignal>();

/** Made at first use: most requests never look at it. */
function signalOf(response: ServerResponse): AbortSignal {
  const known = signals.get(response);
  if (known !== undefined) return known;
  const controller = new AbortController();
  if (response.destroyed && !response.writableFinished) controller.abort(clientGone());
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(clientGone());
  });
  signals.set(response, controller.signal);
  return controller.signal;
}

function clientGone(): Error {
  return new DOMException('the client closed the connection', 'AbortError');
}
