import type { IncomingMessage } from 'node:http';

import { HttpError } from './http-error.ts';

/** Largest request body in bytes; a list of 10,000 long paths fits. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * The JSON value that a request carries; `{}` for an empty body. `parsed` is what the host application has
 * read already, where it has.
 */
export async function readJsonBody(request: IncomingMessage, parsed: unknown): Promise<unknown> {
  if (request.readableDidRead) return parsed ?? {};
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  const type = request.headers['content-type'];
  if (type !== undefined && !/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
    throw new HttpError(415, `the body must be application/json, not ${type.slice(0, 100)}`);
  }
  return parseJson(bytes);
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = () => new HttpError(413, `a request body can have at most ${MAX_BODY_BYTES} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new HttpError(400, 'the body is not valid JSON in UTF-8', { cause });
  }
}
