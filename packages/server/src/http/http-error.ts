import type { ErrorBody } from '@iib-kit/contract';

/** Statuses that the server answers on purpose. */
export type HttpErrorStatus = 400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 416 | 422 | 429 | 503;

/** A refusal whose words are meant for the client. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: HttpErrorStatus;
  readonly detail: ErrorBody['detail'];

  constructor(status: HttpErrorStatus, detail: ErrorBody['detail'], options?: ErrorOptions) {
    super(typeof detail === 'string' ? detail : JSON.stringify(detail), options);
    this.status = status;
    this.detail = detail;
  }
}
