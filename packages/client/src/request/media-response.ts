import type { AbortScope } from './abort-scope.ts';
import { failure } from '../errors/connection-error.ts';
import type { TransportResponse } from '../transport/transport.ts';

/** Bytes that an endpoint answers, not read yet. Read them in one way, or cancel them: they hold a connection. */
export interface MediaResponse {
  /** 200, 206 for a range, or 304 when a condition of the request held. */
  readonly status: number;
  readonly headers: Headers;
  /** To send as `ifNoneMatch` or `ifRange` later. */
  readonly etag: string | undefined;
  /** Of a 206: which bytes these are, `end` included, and the size of the whole where it is known. */
  readonly range:
    | { readonly start: number; readonly end: number; readonly size: number | undefined }
    | undefined;
  /** The bytes as they arrive; null when there are none. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  /** All the bytes. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** All the bytes as UTF-8. */
  text(): Promise<string>;
  /** Leaves the bytes unread. */
  cancel(): void;
}

export function mediaResponse(response: TransportResponse, url: string, scope: AbortScope): MediaResponse {
  let headers: Headers | undefined;
  let body: ReadableStream<Uint8Array<ArrayBuffer>> | null | undefined;
  const isEmpty = response.status === 304 || response.status === 204;
  if (isEmpty) {
    response.discard();
    scope.close();
  }
  const read = async <T>(reading: () => Promise<T>): Promise<T> => {
    try {
      return await reading();
    } catch (error) {
      throw cutError(error, url, scope.signal);
    } finally {
      scope.close();
    }
  };
  return {
    status: response.status,
    get headers() {
      return (headers ??= response.headers());
    },
    etag: response.header('etag'),
    range: parseContentRange(response.header('content-range')),
    get body() {
      if (body === undefined) body = isEmpty ? null : bodyStream(response, url, scope);
      return body;
    },
    bytes: () => read(async () => (isEmpty ? new Uint8Array() : response.bytes())),
    text: () => read(async () => (isEmpty ? '' : response.text())),
    cancel() {
      scope.close();
      if (!isEmpty) response.discard();
    },
  };
}

function bodyStream(
  response: TransportResponse,
  url: string,
  scope: AbortScope,
): ReadableStream<Uint8Array<ArrayBuffer>> | null {
  const source = response.stream();
  if (source === undefined) {
    scope.close();
    return null;
  }
  const reader = source.getReader();
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          scope.close();
          controller.close();
        } catch (error) {
          scope.close();
          controller.error(cutError(error, url, scope.signal));
        }
      },
      async cancel(reason) {
        scope.close();
        await reader.cancel(reason);
      },
    },
    // No read-ahead: unread bytes are buffered in one place only.
    { highWaterMark: 0 },
  );
}

/** Why reading ended: the caller's own reason, or that the stream broke. */
export function cutError(error: unknown, url: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  // Reading twice is a mistake in the program, and no failure of the connection.
  if (error instanceof TypeError && /locked|disturbed|unusable|already/i.test(error.message)) return error;
  return failure('stream-cut', url, error);
}

function parseContentRange(header: string | undefined): MediaResponse['range'] {
  const [, start, end, size] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header ?? '') ?? [];
  if (start === undefined || end === undefined) return undefined;
  return { start: Number(start), end: Number(end), size: size === '*' ? undefined : Number(size) };
}
