import { ApiError, ClientError } from '@iib-kit/client/browser';

/** Whether a request got no answer, so that a retry may succeed. */
export function isConnectionFailure(error: unknown): boolean {
  return error instanceof ClientError && ['unreachable', 'interrupted', 'timeout'].includes(error.code);
}

/** Whether a request failed because the job it waited for was cancelled. */
export function isCancellation(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409;
}

export function isKeyRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}
