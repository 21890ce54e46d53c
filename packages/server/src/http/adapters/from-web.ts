import type { IncomingHttpHeaders } from 'node:http';

import type { ApiRequest } from '../api-request.ts';
import type { BodyBudget } from '../body/body-budget.ts';
import type { BodyLimits } from '../body/body-limits.ts';
import { readJsonBody } from '../body/read-json-body.ts';

export interface FromWebOptions {
  readonly base: string;
  /** URL path that the application cuts off before the base. */
  readonly prefix: string;
  readonly peerAddress: string | undefined;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
}

/** The API's view of a web request, or undefined when its URL is not below prefix and base. */
export function fromWeb(request: Request, options: FromWebOptions): ApiRequest | undefined {
  const { prefix, peerAddress, signal } = options;
  const url = new URL(request.url);
  const base = `${prefix}${options.base}`;
  if (url.pathname !== base && !url.pathname.startsWith(`${base}/`)) return undefined;
  const path = url.pathname.slice(base.length);
  const headers = headersOf(request, url);
  return {
    method: request.method,
    base,
    path: path.endsWith('/') ? path.slice(0, -1) : path,
    endsInSlash: url.pathname.endsWith('/'),
    query: url.searchParams,
    headers,
    peerAddress,
    signal,
    readBody: (room, limits) => readBody(request, headers, { room, limits }),
  };
}

/** A web request may carry its host in the URL alone. */
function headersOf(request: Request, url: URL): IncomingHttpHeaders {
  return { host: url.host, ...Object.fromEntries(request.headers) };
}

async function readBody(
  request: Request,
  headers: IncomingHttpHeaders,
  bounds: { room: BodyBudget; limits: BodyLimits },
): Promise<unknown> {
  if (request.bodyUsed) throw new TypeError('the body of the request was read before it came to the API');
  const { body } = request;
  return body === null ? {} : readJsonBody({ headers, chunks: body.values({ preventCancel: true }) }, bounds);
}
