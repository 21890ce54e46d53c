import type { IncomingHttpHeaders } from 'node:http';

import type { BodyBudget } from './body/body-budget.ts';
import type { BodyLimits } from './body/body-limits.ts';

/** What a handler may know of a request; adapters make it from their framework's object. */
export interface ApiRequest {
  readonly method: string;
  /** URL path of the base where the API is mounted, without trailing slash: `/infinite_image_browsing`, or `''`. */
  readonly base: string;
  /** URL path below the base, not decoded: `/db/basic_info`, or `''` for the base itself. */
  readonly path: string;
  /** Whether the path that was asked for ends in a slash, which `path` does not have. */
  readonly endsInSlash: boolean;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Address of the other end of the connection, or what the host application takes for the client's. */
  readonly peerAddress?: string | undefined;
  /** What the host application calls this request in its log. */
  readonly id?: string | undefined;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /** The JSON value of the body; `{}` when there is none. Throws `HttpError` 400, 413, 415 or 429. */
  readBody(room: BodyBudget, limits: BodyLimits): Promise<unknown>;
}
