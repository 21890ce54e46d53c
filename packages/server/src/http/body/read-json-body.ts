import type { IncomingHttpHeaders } from 'node:http';

import { JsonLimitError, parseJson } from '@iib-kit/files';

import type { BodyBudget } from './body-budget.ts';
import type { BodyLimits } from './body-limits.ts';
import { HttpError } from '../http-error.ts';
import { text } from '../../ports/text.ts';

/** A body that nobody has read yet. */
export interface UnreadBody {
  readonly headers: IncomingHttpHeaders;
  /** Its bytes; left in the middle, the request must stay open for its answer. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** How much a body may take, alone and with all others. */
interface Bounds {
  readonly room: BodyBudget;
  readonly limits: BodyLimits;
}

/** The JSON value of a body; `{}` for an empty one. */
export async function readJsonBody(body: UnreadBody, bounds: Bounds): Promise<unknown> {
  const { 'content-encoding': encoding } = body.headers;
  const bytes = await readBytes(body, bounds);
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
  return valueIn(bytes, bounds.limits);
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

async function readBytes({ headers, chunks: body }: UnreadBody, { room, limits }: Bounds): Promise<Buffer> {
  // What follows of a body that is too large is not read, so the connection cannot be used again.
  const tooLarge = () =>
    new HttpError(
      413,
      text(`a request body can have at most ${limits.bytes} bytes`, `请求体最多 ${limits.bytes} 字节`),
      {
        headers: { connection: 'close' },
      },
    );
  if (Number(headers['content-length'] ?? 0) > limits.bytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      room.take(chunk.length);
      length += chunk.length;
      if (length > limits.bytes) throw tooLarge();
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

function valueIn(bytes: Buffer, limits: BodyLimits): unknown {
  try {
    return parseJson(bytes, limits);
  } catch (cause) {
    if (cause instanceof JsonLimitError) throw tooMuch(cause, limits);
    throw new HttpError(400, text('the body is not valid JSON in UTF-8', '请求体不是有效的 UTF-8 JSON'), {
      cause,
    });
  }
}

function tooMuch({ limit }: JsonLimitError, { depth, values }: BodyLimits): HttpError {
  return new HttpError(
    413,
    limit === 'depth'
      ? text(`a request body can be at most ${depth} levels deep`, `请求体最多嵌套 ${depth} 层`)
      : text(`a request body can hold at most ${values} values`, `请求体最多包含 ${values} 个值`),
  );
}
