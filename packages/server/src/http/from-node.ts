import type { IncomingMessage, ServerResponse } from 'node:http';

import type { ApiRequest } from './api-request.ts';
import { readJsonBody } from './read-json-body.ts';

export interface FromNodeOptions {
  readonly base: string;
  readonly prefix?: string;
  readonly url?: string;
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
  return {
    method: request.method ?? 'GET',
    base: `${options.prefix ?? ''}${options.base}`,
    path: withoutTrailingSlash(path.slice(options.base.length)),
    query: new URLSearchParams(queryStart === -1 ? '' : url.slice(queryStart + 1)),
    headers: request.headers,
    id: options.id,
    get peerAddress() {
      return options.address?.() ?? request.socket.remoteAddress;
    },
    get signal() {
      return signalOf(response);
    },
    readBody: (room) => readJsonBody(request, options.parsedBody, room),
  };
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
