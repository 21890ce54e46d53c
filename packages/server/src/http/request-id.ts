import { randomUUID } from 'node:crypto';

import type { ApiRequest } from './api-request.ts';

/** What a client may call its request: nothing that could be mistaken for more than a name in a log. */
const plain = /^[\w.:+/=-]{1,128}$/;

/** The client's `x-request-id` where it is a plain name, else what the host application calls the request, else a new one. */
export function requestId(request: ApiRequest): string {
  const sent = request.headers['x-request-id'];
  if (typeof sent === 'string' && plain.test(sent)) return sent;
  return request.id !== undefined && plain.test(request.id) ? request.id : randomUUID();
}
