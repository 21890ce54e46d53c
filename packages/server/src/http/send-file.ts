import { send } from '@fastify/send';

import type { ApiRequest } from './api-request.ts';
import { HttpError } from './http-error.ts';
import { emptyReply, type Reply } from './reply.ts';

/**
 * A file as a reply, with ranges and conditions after RFC 9110. Several ranges in one request are answered
 * with the whole file.
 */
export async function sendFile(
  request: Pick<ApiRequest, 'headers' | 'method'>,
  absolute: string,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  // `Cache-Control: no-cache` asks caches to revalidate, which a conditional request does; the library would
  // answer it with the whole file, and `fetch` adds it to every conditional request.
  const { 'cache-control': _, ...conditions } = request.headers;
  // The library reads nothing of the request but its method and headers.
  const seen = { method: request.method, headers: conditions } as never;
  const result = await send(seen, encodeURIComponent(absolute), {
    dotfiles: 'allow',
    index: false,
    cacheControl: false,
  });
  if (result.type === 'error') {
    result.stream.destroy();
    return refuse(result.statusCode, result.headers);
  }
  const sent: Record<string, string> = { ...headers };
  for (const [name, value] of Object.entries(result.headers)) sent[name.toLowerCase()] = value;
  if (result.statusCode === 304) {
    result.stream.destroy();
    return emptyReply(304, sent);
  }
  return { status: result.statusCode, headers: sent, body: result.stream };
}

function refuse(status: number, headers: Readonly<Record<string, string>>): Reply {
  if (status === 416) {
    return emptyReply(416, { 'content-range': headers['Content-Range'] ?? 'bytes */*' });
  }
  if (status === 412) return emptyReply(412);
  throw new HttpError(404, 'the file is not there');
}
