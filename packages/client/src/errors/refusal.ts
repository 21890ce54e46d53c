import type { ErrorBody } from '@iib-kit/contract';
import type { Route } from '@iib-kit/contract/routes';

import { ApiError } from './api-error.ts';
import { ClientError } from './client-error.ts';
import { withoutQuery } from './connection-error.ts';
import type { TransportResponse } from '../transport/transport.ts';

/** What servers say of a path that they do not know; this API always names what is not there. */
const UNKNOWN_PATH = /^not found$/i;

/** The error that an answer with a status of failure stands for. */
export async function refusal(response: TransportResponse, route: Route, url: string): Promise<Error> {
  const detail = detailOf(await jsonBody(response));
  const { status } = response;
  if (detail === undefined) return notThisApi(response, url);
  const isUnknown = status === 405 || (status === 404 && isUnknownPath(detail, route));
  if (isUnknown) return wrongBaseUrl(route, url, status);
  return new ApiError(status, detail, {
    requestId: response.header('x-request-id'),
    retryAfter: parseRetryAfter(response.header('retry-after')),
  });
}

/** What answered speaks another language; its body is left unread. */
export function notThisApi(response: TransportResponse, url: string): ClientError {
  response.discard();
  const type = response.header('content-type') ?? 'no type';
  return new ClientError(
    'not-this-api',
    `${withoutQuery(url)}: answered ${response.status} with ${type}, which is not this API; check baseUrl and its base ` +
      'path, and any proxy in between',
    url,
    { status: response.status },
  );
}

export function isJson(response: TransportResponse): boolean {
  return /\bjson\b/.test(response.header('content-type') ?? '');
}

function wrongBaseUrl(route: Route, url: string, status: number): ClientError {
  return new ClientError(
    'wrong-base-url',
    `${withoutQuery(url)}: the server does not know ${route.method} ${route.path} there; check the base path in ` +
      'baseUrl, and that the server is not older than this client',
    url,
    { status },
  );
}

function isUnknownPath(detail: ErrorBody['detail'], route: Route): boolean {
  return !route.errors.includes(404) || (typeof detail === 'string' && UNKNOWN_PATH.test(detail));
}

async function jsonBody(response: TransportResponse): Promise<unknown> {
  if (!isJson(response)) return undefined;
  try {
    return JSON.parse(await response.text());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function detailOf(body: unknown): ErrorBody['detail'] | undefined {
  if (typeof body !== 'object' || body === null || !('detail' in body)) return undefined;
  const { detail } = body;
  // As the contract declares it; a list of anything else is still worth showing.
  return typeof detail === 'string' || (typeof detail === 'object' && detail !== null)
    ? (detail as ErrorBody['detail'])
    : undefined;
}

/** Milliseconds from now, of seconds or a date (RFC 9110 section 10.2.3). */
export function parseRetryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
