import type { Logger } from '../service-options.ts';
import type { ApiRequest } from './api-request.ts';
import { HttpError, type HttpErrorStatus } from './http-error.ts';
import { emptyReply, jsonReply, type Reply } from './reply.ts';
import { statusOfPackageError } from './status-of-package-error.ts';

/** The answer to anything that was thrown: words for the client where they are meant for it, else only 500. */
export function errorReply(error: unknown, request: ApiRequest, log: Logger): Reply {
  if (error instanceof HttpError) return refusal(error.status, error.detail);
  if (request.signal.aborted) return emptyReply(499);
  const status = statusOfPackageError(error);
  if (status !== undefined && error instanceof Error) return refusal(status, error.message);
  log.error({ err: error, method: request.method, path: request.path }, 'request failed');
  return jsonReply({ detail: 'internal error' }, 500);
}

function refusal(status: HttpErrorStatus, detail: HttpError['detail']): Reply {
  return jsonReply({ detail }, status);
}
