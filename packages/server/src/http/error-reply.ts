import type { ErrorBody } from '@iib-kit/contract';

import { errorCode } from '../ports/error-code.ts';
import type { Logger } from '../ports/logger.ts';
import { Text, type Language } from '../ports/text.ts';
import type { ApiRequest } from './api-request.ts';
import { HttpError, type HttpErrorStatus } from './http-error.ts';
import { emptyReply, jsonReply, withHeaders, type Reply } from './reply.ts';
import { refusalOf, refusedReply, statusOfPackageError } from './status-of-error.ts';

interface ErrorReplyOptions {
  readonly requestId: string;
  readonly log: Logger;
  readonly language: Language;
  readonly detailOf: (detail: ErrorBody['detail']) => ErrorBody['detail'];
}

/** The answer to anything that was thrown: words for the client where they are meant for it, else only 500. */
export function errorReply(
  error: unknown,
  request: ApiRequest,
  { requestId, log, language, detailOf }: ErrorReplyOptions,
): Reply {
  const refusal = refusalOf(error);
  const refused = refusal === undefined ? error : refusedReply(refusal);
  if (refused instanceof HttpError) {
    const detail = refused.detail instanceof Text ? refused.detail.in(language) : refused.detail;
    return withHeaders(jsonReply({ detail: detailOf(detail) }, refused.status), refused.headers);
  }
  if (request.signal.aborted) return emptyReply(499);
  const status = statusOfPackageError(error);
  const about = { err: error, requestId, method: request.method, path: request.base + request.path };
  if (status !== undefined && error instanceof Error) {
    if (isOwners(error, status)) log.warn(about, 'request failed');
    return jsonReply({ detail: error.message }, status);
  }
  log.error(about, 'request failed');
  return jsonReply({ detail: 'internal error', request_id: requestId }, 500);
}

/** Whether the owner of the server has to see to it: a thread that ended, a database that is full or gone. */
function isOwners(error: Error, status: HttpErrorStatus): boolean {
  const isOurs = error.name === 'IndexError' || error.name === 'WorkerError';
  return isOurs && (status === 503 || status === 507) && errorCode(error) !== 'closed';
}
