import { Readable } from 'node:stream';

import { errorCode } from '../ports/error-code.ts';
import type { Logger } from '../ports/logger.ts';
import type { ApiRequest } from './api-request.ts';
import { FilePart } from './files/file-part.ts';
import type { Reply } from './reply.ts';

/** Writes the line of a request that is answered; never its query, headers or body, which may hold secrets. */
export function logRequest(
  log: Logger,
  { method, base, path }: ApiRequest,
  { requestId, status, startedAt }: { requestId: string; status: number; startedAt: number },
): void {
  const milliseconds = Math.round((performance.now() - startedAt) * 100) / 100;
  log.info?.({ requestId, method, path: base + path, status, milliseconds }, 'request');
}

/** Whether lines of requests are written, so that none is made for nobody. */
export function logsRequests(log: Logger): boolean {
  return log.info !== undefined && log.isLevelEnabled?.('info') !== false;
}

/** Logs what breaks an answer off while it is sent; that the client went away is no failure. */
export function watchBody(log: Logger, request: ApiRequest, reply: Reply, requestId: string): void {
  const { body } = reply;
  if (!(body instanceof Readable || body instanceof FilePart)) return;
  const onFailure = (err: unknown) => {
    if (request.signal.aborted || clientGone.has(errorCode(err) ?? '')) return;
    log.error(
      { err, requestId, method: request.method, path: request.base + request.path },
      'answer broke off',
    );
  };
  if (body instanceof FilePart) body.onFailure = onFailure;
  else body.once('error', onFailure);
}

const clientGone = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ABORT_ERR']);
