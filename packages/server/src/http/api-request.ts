import type { IncomingHttpHeaders } from 'node:http';

/** What a handler may know of a request; adapters make it from their framework's object. */
export interface ApiRequest {
  readonly method: string;
  /** URL path of the base where the API is mounted, without trailing slash: `/infinite_image_browsing`, or `''`. */
  readonly base: string;
  /** URL path below the base, not decoded: `/db/basic_info`, or `''` for the base itself. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /** The JSON value of the body; `{}` when there is none. Throws `HttpError` 400, 413 or 415. */
  readBody(): Promise<unknown>;
}
