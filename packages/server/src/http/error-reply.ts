import type { Logger } from '../service/service-options.ts';
import { Text, type Language } from '../ports/text.ts';
import type { ApiRequest } from './api-request.ts';
import { HttpError } from './http-error.ts';
import { emptyReply, jsonReply, withHeaders, type Reply } from './reply.ts';
import { statusOfPackageError } from './status-of-package-error.ts';

/** The answer to anything that was thrown: words for the client where they are meant for it, else only 500. */
export function errorReply(
  error: unknown,
  request: ApiRequest,
  { requestId, log, language }: { requestId: string; log: Logger; language: Language },
): Reply {
  if (error instanceof HttpError) {
    const detail = error.detail instanceof Text ? error.detail.in(language) : error.detail;
    return withHeaders(jsonReply({ detail }, error.status), error.headers);
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
