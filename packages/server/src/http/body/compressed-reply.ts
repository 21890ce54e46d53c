import type { IncomingHttpHeaders } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';

import { FilePart } from '../files/file-part.ts';
import type { Reply } from '../reply.ts';

/** The reply with its body compressed, where the client takes gzip (RFC 9110, 12.5.3). */
export function compressedReply(reply: Reply, headers: IncomingHttpHeaders): Reply {
  const { body } = reply;
  if (body === undefined || body instanceof FilePart || !takesGzip(headers['accept-encoding'])) {
    return reply;
  }
  // The fastest level: what is compressed here repeats itself so much that others save little more.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  // What fails is seen by whoever reads the end of it.
  pipeline(body instanceof Readable ? body : Readable.from([body]), gzip, () => undefined);
  return { ...reply, headers: { ...reply.headers, 'content-encoding': 'gzip' }, body: gzip };
}

/** Whether gzip is named, or meant by `*`, and not refused with a weight of 0. */
export function takesGzip(acceptEncoding: string | string[] | undefined): boolean {
  const weights = new Map<string, number>();
  for (const part of String(acceptEncoding ?? '').split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    weights.set(coding, weight === undefined ? 1 : Number(weight));
  }
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
}
