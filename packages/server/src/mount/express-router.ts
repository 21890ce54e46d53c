import type { IncomingMessage, ServerResponse } from 'node:http';

import { fromNode } from '../http/adapters/from-node.ts';
import { writeToNode } from '../http/adapters/write-to-node.ts';
import type { IibService } from '../service/iib-service.ts';

/** What the router uses of Express 4 and 5: a Node request with its mount path and, maybe, a parsed body. */
export interface ExpressRequest extends IncomingMessage {
  baseUrl?: string;
  /** The URL that was asked for, mount path included. */
  originalUrl?: string;
  body?: unknown;
  /** The client's address, after the application's `trust proxy`. */
  ip?: string | undefined;
}

/** A request handler that Express 4 and 5, and Connect, accept in `app.use`. */
export type ExpressRouter = (
  request: ExpressRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Serves an open service in an Express application: `app.use(iibRouter(await openService()))`. Requests that
 * are not the API's go on to the next handler. The service is the caller's to close.
 */
export function iibRouter(service: IibService): ExpressRouter {
  return (request, response, next) => {
    void route(service, request, response, next);
  };
}

async function route(
  service: IibService,
  ...[request, response, next]: Parameters<ExpressRouter>
): Promise<void> {
  try {
    const apiRequest = fromNode(request, response, {
      base: service.base,
      prefix: request.baseUrl ?? '',
      originalUrl: request.originalUrl,
      parsedBody: request.body,
      address: () => request.ip,
    });
    const reply = apiRequest === undefined ? undefined : await service.handle(apiRequest);
    if (reply === undefined) next();
    else await writeToNode(response, reply, service.limits.stallSeconds);
  } catch (error) {
    next(error);
  }
}
