import type { IncomingHttpHeaders } from 'node:http';

import type { ApiRequest } from '../http/api-request.ts';
import { HttpError } from '../http/http-error.ts';

/** `false`: no other origin; `true`: any, without credentials; a list: these. */
export type AllowCors = boolean | readonly string[];

export interface OriginOptions {
  readonly allowCors: AllowCors;
  /** Host names that requests must carry; undefined accepts any. Guards a loopback server against DNS rebinding. */
  readonly hosts: readonly string[] | undefined;
}

/** The names under which a server that listens on loopback only is reached. */
export const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'] as const;

/** Throws `HttpError` 403 for a host name that is not ours, or a change asked for by a foreign page. */
export function checkOrigin(request: ApiRequest, options: OriginOptions): void {
  const { host = '', origin } = request.headers;
  if (options.hosts !== undefined && !options.hosts.includes(withoutPort(host))) {
    throw new HttpError(403, `this server does not answer to the host name ${JSON.stringify(host)}`);
  }
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  if (
    origin !== undefined &&
    !isOwnOrigin(request.headers, origin) &&
    !isAllowed(origin, options.allowCors)
  ) {
    throw new HttpError(403, `requests from pages of ${JSON.stringify(origin)} are not allowed`);
  }
}

/** The CORS headers of every answer to this request. */
export function corsHeaders(request: ApiRequest, allowCors: AllowCors): Record<string, string> {
  if (allowCors === false) return {};
  if (allowCors === true) return { 'access-control-allow-origin': '*' };
  const { origin } = request.headers;
  if (origin === undefined || !allowCors.includes(origin)) return { vary: 'origin' };
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
  };
}

export const preflightHeaders = {
  'access-control-allow-methods': 'GET, HEAD, POST, DELETE',
  'access-control-allow-headers': 'content-type, authorization, range, if-none-match, if-range',
  'access-control-max-age': '600',
} as const;

/** Browsers set `Sec-Fetch-Site` themselves, which holds behind proxies that rewrite `Host`. */
function isOwnOrigin(headers: IncomingHttpHeaders, origin: string): boolean {
  if (headers['sec-fetch-site'] === 'same-origin') return true;
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}

function isAllowed(origin: string, allowCors: AllowCors): boolean {
  return typeof allowCors === 'boolean' ? allowCors : allowCors.includes(origin);
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
