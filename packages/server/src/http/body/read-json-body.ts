import type { IncomingHttpHeaders } from 'node:http';

import type { BodyBudget } from './body-budget.ts';
import { HttpError } from '../http-error.ts';
import { text } from '../../ports/text.ts';

/** A body that nobody has read yet. */
export interface UnreadBody {
  readonly headers: IncomingHttpHeaders;
  /** Its bytes; left in the middle, the request must stay open for its answer. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** The JSON value of a body; `{}` for an empty one. */
export async function readJsonBody(body: UnreadBody, room: BodyBudget): Promise<unknown> {
  const { 'content-encoding': encoding } = body.headers;
  const bytes = await readBytes(body, room);
  if (bytes.length === 0) return {};
  requireJson(body.headers);
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

/** The JSON value of a body that the host application has read, which may have taken a form for one. */
export function parsedJsonBody(headers: IncomingHttpHeaders, parsed: unknown): unknown {
  const isEmpty = headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
  if (!isEmpty) requireJson(headers);
  return parsed ?? {};
}

/** Pages of other sites can send forms, and JSON only where CORS lets them. */
function requireJson({ 'content-type': type }: IncomingHttpHeaders): void {
  if (type === undefined || /^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) return;
  throw new HttpError(
    415,
    text(
      `the body must be application/json, not ${type.slice(0, 100)}`,
      `请求体须为 application/json，而不是 ${type.slice(0, 100)}`,
    ),
  );
}

async function readBytes({ headers, chunks: body }: UnreadBody, room: BodyBudget): Promise<Buffer> {
  // What follows of a body that is too large is not read, so the connection cannot be used again.
  const tooLarge = () =>
    new HttpError(
      413,
      text(`a request body can have at most ${room.bodyBytes} bytes`, `请求体最多 ${room.bodyBytes} 字节`),
      {
        headers: { connection: 'close' },
      },
    );
  if (Number(headers['content-length'] ?? 0) > room.bodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
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
