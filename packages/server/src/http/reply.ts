import { Readable } from 'node:stream';

import { FilePart } from './files/file-part.ts';
import { jsonBody } from './body/json-body.ts';

/** An answer as plain data; adapters write it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable | FilePart | undefined;
}

export function jsonReply(value: unknown, status = 200): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: jsonBody(value),
  };
}

export function emptyReply(status: number, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: undefined };
}

/** The same reply with more headers; those it has already stay. */
export function withHeaders(reply: Reply, headers: Readonly<Record<string, string>>): Reply {
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

/** The answer to HEAD: as to GET, its length included, but without the body. */
export function withoutBody(reply: Reply): Reply {
  const { body } = reply;
  if (body === undefined) return reply;
  if (body instanceof FilePart) return withoutBody({ ...reply, body: body.stream() });
  if (body instanceof Readable) {
    body.destroy();
    return { ...reply, body: undefined };
  }
  return withHeaders({ ...reply, body: undefined }, { 'content-length': String(Buffer.byteLength(body)) });
}
