import type { ErrorBody } from '@iib-kit/contract';

import type { Logger } from '../ports/logger.ts';
import { Text, type Language } from '../ports/text.ts';
import type { ApiRequest } from './api-request.ts';
import { HttpError } from './http-error.ts';
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
  if (status !== undefined && error instanceof Error) return jsonReply({ detail: error.message }, status);
  log.error(
    { err: error, requestId, method: request.method, path: request.base + request.path },
    'request failed',
  );
  return jsonReply({ detail: 'internal error', request_id: requestId }, 500);
}
