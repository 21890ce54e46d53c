import type { Endpoint, ErrorBody } from '@iib-kit/contract';

import type { EndpointMethod } from '../endpoint-method.ts';

/** Codes of refusals by status. */
const codeOfStatus = {
  400: 'bad-value',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'took-too-long',
  409: 'conflict',
  413: 'too-large',
  416: 'range-outside-file',
  422: 'invalid-input',
  429: 'too-many-requests',
  500: 'server-failed',
  501: 'not-supported',
  502: 'provider-failed',
  503: 'server-stopping',
  504: 'provider-timeout',
  507: 'no-room',
} as const;

type CodeOfStatus = typeof codeOfStatus;
type KnownStatus = keyof CodeOfStatus;

/** What a refusal is about; `other` for a status that this API does not use. */
export type ApiErrorCode = CodeOfStatus[KnownStatus] | 'other';

/** The codes of statuses that an endpoint declares, and of those that all endpoints share. */
type CodeOf<Status extends number> =
  | CodeOfStatus[Extract<Status | 400 | 401 | 403 | 422 | 429 | 500 | 503 | 507, KnownStatus>]
  | 'other';

const brand = Symbol.for('@iib-kit/client/ApiError');

/** A refusal that the server sent: its status, what that means, and what the server said of the reason. */
export class ApiError<Code extends ApiErrorCode = ApiErrorCode> extends Error {
  override readonly name = 'ApiError';
  readonly [brand] = true;
  readonly code: Code;
  readonly status: number;
  readonly detail: ErrorBody['detail'];
  /** The id of the request in the log of the server. */
  readonly requestId: string | undefined;
  /** Milliseconds after which to retry, from `Retry-After`. */
  readonly retryAfter: number | undefined;

  constructor(
    status: number,
    detail: ErrorBody['detail'],
    { requestId, retryAfter }: { requestId?: string | undefined; retryAfter?: number | undefined } = {},
  ) {
    super(`${status}: ${describe(detail)}`);
    // Endpoints answer no status beside those that their codes are made of.
    this.code = codeOf(status) as Code;
    this.status = status;
    this.detail = detail;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}

/**
 * Whether an error is a refusal of the server, also one of another copy of this package. With a method, `code` has the
 * type of what that declares: `isApiError(error, client.media.file)`.
 */
export function isApiError(error: unknown): error is ApiError;
export function isApiError<E extends Endpoint>(
  error: unknown,
  of: EndpointMethod<E>,
): error is ApiError<CodeOf<E['errors'][number]>>;
export function isApiError(error: unknown): error is ApiError {
  return typeof error === 'object' && error !== null && brand in error;
}

function codeOf(status: number): ApiErrorCode {
  return status in codeOfStatus ? codeOfStatus[status as KnownStatus] : 'other';
}

function describe(detail: ErrorBody['detail']): string {
  if (typeof detail === 'string') return detail;
  if (!Array.isArray(detail)) return JSON.stringify(detail);
  return detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ');
}
