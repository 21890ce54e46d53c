import type { IncomingMessage } from 'node:http';

import type { BodyRoom } from './body-room.ts';
import { HttpError } from './http-error.ts';
import { text } from '../text.ts';

/**
 * The JSON value that a request carries; `{}` for an empty body. `parsed` is what the host application has
 * read already, where it has.
 */
export async function readJsonBody(
  request: IncomingMessage,
  parsed: unknown,
  room: BodyRoom,
): Promise<unknown> {
  if (request.readableDidRead) return parsed ?? {};
  const { 'content-type': type, 'content-encoding': encoding } = request.headers;
  const bytes = await readBytes(request, room);
  if (bytes.length === 0) return {};
  if (type !== undefined && !/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
    throw new HttpError(
      415,
      text(
        `the body must be application/json, not ${type.slice(0, 100)}`,
        `请求体须为 application/json，而不是 ${type.slice(0, 100)}`,
      ),
    );
  }
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new HttpError(
      415,
      text(
        `the body must not be encoded as ${encoding.slice(0, 100)}`,
        `请求体不能用 ${encoding.slice(0, 100)} 编码`,
      ),
    );
  }
  return parseJson(bytes);
}

async function readBytes(request: IncomingMessage, room: BodyRoom): Promise<Buffer> {
  // What follows of a body that is too large is not read, so the connection cannot be used again.
  const tooLarge = () =>
    new HttpError(
      413,
      text(`a request body can have at most ${room.bodyBytes} bytes`, `请求体最多 ${room.bodyBytes} 字节`),
      {
        headers: { connection: 'close' },
      },
    );
  if (Number(request.headers['content-length'] ?? 0) > room.bodyBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Left in the middle, the request must stay open for its answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      room.take(chunk.length);
      length += chunk.length;
      if (length > room.bodyBytes) throw tooLarge();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  } catch (cause) {
    throw cause instanceof HttpError
      ? cause
      : new HttpError(400, text('the body broke off', '请求体不完整'), { cause });
  } finally {
    room.giveBack(length);
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new HttpError(400, text('the body is not valid JSON in UTF-8', '请求体不是有效的 UTF-8 JSON'), {
      cause,
    });
  }
}
