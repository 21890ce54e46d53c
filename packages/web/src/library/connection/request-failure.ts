import { ApiError, ClientError } from '@iib-kit/client/browser';

/** Whether nothing came back: the same request may well work in a moment. */
export function isConnectionFailure(error: unknown): boolean {
  return error instanceof ClientError && ['unreachable', 'interrupted', 'timeout'].includes(error.code);
}

/** Whether a request waited for a job that somebody cancelled. */
export function isCancellation(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409;
}

export function isKeyRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}
