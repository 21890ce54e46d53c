import type { ErrorBody } from '@iib-kit/contract';

import { Text } from '../ports/text.ts';

/** Statuses that the server answers on purpose. */
export type HttpErrorStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 408
  | 409
  | 413
  | 415
  | 416
  | 422
  | 429
  | 501
  | 502
  | 503
  | 504
  | 507;

export interface HttpErrorOptions extends ErrorOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds after which the client may try again. */
  readonly retryAfter?: number;
}

/** A refusal whose words are meant for the client. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: HttpErrorStatus;
  readonly detail: ErrorBody['detail'] | Text;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: HttpErrorStatus, detail: ErrorBody['detail'] | Text, options: HttpErrorOptions = {}) {
    super(messageOf(detail), options);
    this.status = status;
    this.detail = detail;
    this.headers =
      options.retryAfter === undefined
        ? (options.headers ?? {})
        : { 'retry-after': String(options.retryAfter), ...options.headers };
  }
}

function messageOf(detail: ErrorBody['detail'] | Text): string {
  if (detail instanceof Text) return detail.en;
  return typeof detail === 'string' ? detail : JSON.stringify(detail);
}
