import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

import type { ApiRequest } from '../api-request.ts';
import { HttpError } from '../http-error.ts';
import { text } from '../../ports/text.ts';

/** `false`: no other origin; `true`: any, without credentials; a list: these. */
export type AllowCors = boolean | readonly string[];

export interface OriginOptions {
  readonly allowCors: AllowCors;
  /** Host names that requests must carry; undefined accepts any. Guards servers without a key against DNS rebinding. */
  readonly hosts: readonly string[] | ((name: string) => boolean) | undefined;
}

/** The names under which a server that listens on loopback only is reached. */
export const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'] as const;

/** The host names of a service: with a key, a page that gets here under a name of its own has no cookie of ours. */
export function hostsOrDefault({
  hosts,
  secretKey,
}: {
  readonly hosts: OriginOptions['hosts'];
  readonly secretKey: string | undefined;
}): OriginOptions['hosts'] {
  return hosts ?? (secretKey === undefined ? loopbackHosts : undefined);
}

/**
 * Whether a name can be none that a foreign page made point here: an address, or a name that only this machine or
 * its network gives out.
 */
export function isLocalName(name: string): boolean {
  const isAddress = isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
  return isAddress || name === 'localhost' || name === hostname().toLowerCase() || name.endsWith('.local');
}

/** Throws `HttpError` 403 for a host name that is not ours, or a change asked for by a foreign page. */
export function checkOrigin(request: ApiRequest, options: OriginOptions): void {
  const { host = '', origin, 'sec-fetch-site': site } = request.headers;
  if (!isOwnHost(withoutPort(host), options.hosts)) {
    throw new HttpError(
      403,
      text(
        `this server does not answer to the host name ${JSON.stringify(host)}; if it is yours, name it in option hosts`,
        `服务器不接受主机名 ${JSON.stringify(host)}；若属于您，请将其加入选项 hosts`,
      ),
    );
  }
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  if (
    origin !== undefined &&
    !isOwnOrigin(request.headers, origin) &&
    !isAllowed(origin, options.allowCors)
  ) {
    throw new HttpError(
      403,
      text(
        `requests from pages of ${JSON.stringify(origin)} are not allowed`,
        `不允许来自 ${JSON.stringify(origin)} 网页的请求`,
      ),
    );
  }
  // A browser that leaves the origin out still tells that the page is a foreign one.
  if (origin === undefined && site === 'cross-site' && options.allowCors !== true) {
    throw new HttpError(
      403,
      text('requests from pages of other sites are not allowed', '不允许来自其他网站网页的请求'),
    );
  }
}

function isOwnHost(name: string, hosts: OriginOptions['hosts']): boolean {
  if (hosts === undefined) return true;
  return typeof hosts === 'function' ? hosts(name) : hosts.includes(name);
}

/** The CORS headers of every answer to this request. */
export function corsHeaders(request: ApiRequest, allowCors: AllowCors): Record<string, string> {
  if (allowCors === false) return {};
  if (allowCors === true) return { 'access-control-allow-origin': '*', ...exposedHeaders };
  const { origin } = request.headers;
  if (origin === undefined || !allowCors.includes(origin)) return { vary: 'origin' };
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    ...exposedHeaders,
  };
}

const exposedHeaders = {
  'access-control-expose-headers': 'accept-ranges, content-range, etag, retry-after, x-request-id',
};

export const preflightHeaders = {
  'access-control-allow-methods': 'GET, HEAD, POST, DELETE',
  'access-control-allow-headers': 'content-type, authorization, range, if-none-match, if-range, x-request-id',
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
