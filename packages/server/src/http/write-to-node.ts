import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { limitStall } from './limit-stall.ts';
import type { Reply } from './reply.ts';

/**
 * Writes a reply to a Node response. Resolves when it is written or the client has gone, also for taking nothing for
 * `stallSeconds`; rejects when a stream fails, after the connection was cut.
 */
export async function writeToNode(
  response: ServerResponse,
  reply: Reply,
  stallSeconds: number,
): Promise<void> {
  const { body } = reply;
  response.statusCode = reply.status;
  for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
  limitStall(response, reply, stallSeconds);
  if (body instanceof Readable) {
    await pipeline(body, response).catch(ignoreClientGone);
    return;
  }
  if (body !== undefined) response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}

function ignoreClientGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.code !== 'ECONNRESET') throw error;
}
