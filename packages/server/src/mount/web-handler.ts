import { fromWeb } from '../http/adapters/from-web.ts';
import { jsonReply, withHeaders, type Reply } from '../http/reply.ts';
import { securityHeaders } from '../http/security/security-headers.ts';
import { toWebResponse } from '../http/adapters/to-web-response.ts';
import type { IibService } from '../service/iib-service.ts';

/** How an application hands its requests over. */
export interface WebHandlerOptions<Rest extends readonly unknown[]> {
  /** URL path that the API is mounted at, before its base: `/images`. Default none. */
  prefix?: string;
  /**
   * The client's address, from the request or whatever else the application's server passes: limits on wrong keys go
   * by it, and opening files on the desktop needs it. Default unknown.
   */
  address?: (request: Request, ...rest: Rest) => string | undefined;
}

/**
 * Serves an open service by web-standard requests and responses, as route handlers of Next.js, SvelteKit and Astro,
 * Hono and others take them on Node. What is not the API's is answered with 404. Give the requests a `signal` that
 * aborts when the client goes away. The service is the caller's to close.
 * @throws TypeError naming an option that is wrong
 */
export function iibHandler<Rest extends readonly unknown[]>(
  service: IibService,
  options: WebHandlerOptions<Rest> = {},
): (request: Request, ...rest: Rest) => Promise<Response> {
  const prefix = checkedPrefix(options.prefix ?? '');
  const { stallSeconds } = service.limits;
  return async (request, ...rest) => {
    const gone = new AbortController();
    const signal = AbortSignal.any([request.signal, gone.signal]);
    const apiRequest = fromWeb(request, {
      base: service.base,
      prefix,
      peerAddress: options.address?.(request, ...rest),
      signal,
    });
    const reply = apiRequest === undefined ? undefined : await service.handle(apiRequest);
    return toWebResponse(reply ?? notFound(), {
      signal,
      onCancel: (reason) => gone.abort(reason),
      stallSeconds,
    });
  };
}

function checkedPrefix(prefix: string): string {
  if (prefix === '' || /^(?:\/[^/?#]+)+$/.test(prefix)) return prefix;
  throw new TypeError(`option prefix must be a path such as "/images", not ${JSON.stringify(prefix)}`);
}

function notFound(): Reply {
  return withHeaders(jsonReply({ detail: 'not found' }, 404), securityHeaders({ allowCors: false }));
}
