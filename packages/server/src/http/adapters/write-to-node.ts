import { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { FilePart } from '../files/file-part.ts';
import { limitStall } from './limit-stall.ts';
import type { Reply } from '../reply.ts';
import { writeFilePart } from './write-file-part.ts';

/**
 * Writes a reply to a Node response. Resolves when it is written or the client has gone, also for taking nothing for
 * `stallSeconds`, or when its source fails, which the service logs; the connection is then cut.
 */
export async function writeToNode(
  response: ServerResponse,
  reply: Reply,
  stallSeconds: number,
): Promise<void> {
  const { status, headers, body } = reply;
  limitStall(response, reply, stallSeconds);
  if (body instanceof FilePart && isPlain(response)) {
    response.writeHead(status, headers);
    await writeFilePart(response, body);
  } else if (body instanceof FilePart || body instanceof Readable) {
    response.writeHead(status, headers);
    await pipeline(body instanceof FilePart ? body.stream() : body, response).catch(() => undefined);
  } else if (body === undefined) {
    response.writeHead(status, headers);
    response.end();
  } else {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(body);
  }
}

/** Middleware that compresses or counts puts its own `write` in place, and may keep what it is given. */
function isPlain(response: ServerResponse): boolean {
  return response.write === ServerResponse.prototype.write;
}
