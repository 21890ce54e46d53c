import type { ErrorBody } from '@iib-kit/contract';

/** A refusal that the server sent: its status, and what it said of the reason. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly detail: ErrorBody['detail'];

  constructor(status: number, detail: ErrorBody['detail']) {
    super(`${status}: ${describe(detail)}`);
    this.status = status;
    this.detail = detail;
  }
}

function describe(detail: ErrorBody['detail']): string {
  if (typeof detail === 'string') return detail;
  if (!Array.isArray(detail)) return JSON.stringify(detail);
  return detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ');
}
