import type { ApiRequest } from '../api-request.ts';
import { evaluatePreconditions } from './preconditions.ts';
import { emptyReply, type Reply } from '../reply.ts';

/** The reply that a conditional request gets instead of one with an entity tag, where its condition says so. */
export function ifChanged({ headers }: ApiRequest, reply: Reply): Reply {
  const { etag = '' } = reply.headers;
  const outcome = evaluatePreconditions(headers, { etag });
  if (outcome === 'failed') return emptyReply(412);
  return outcome === 'not-modified' ? emptyReply(304, { ...reply.headers }) : reply;
}
