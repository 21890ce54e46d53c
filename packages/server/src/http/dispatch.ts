import { isEvents, isMedia, type ErrorBody } from '@iib-kit/contract';

import type { ClientAddress } from './security/client-address.ts';
import { checkOrigin, corsHeaders, preflightHeaders, type OriginOptions } from './security/origin-check.ts';
import { checkPermission } from './security/permission.ts';
import type { KeyCheck } from './security/secret-key.ts';
import type { AccessPermission } from '../ports/access-permission.ts';
import type { Logger } from '../ports/logger.ts';
import { text, type Language } from '../ports/text.ts';
import { eventStreamReply, type NamedEvent } from './event-stream.ts';
import type { ApiRequest } from './api-request.ts';
import type { BodyBudget } from './body/body-budget.ts';
import { compressedReply } from './body/compressed-reply.ts';
import { errorReply } from './error-reply.ts';
import { HttpError } from './http-error.ts';
import { readInput } from './read-input.ts';
import { emptyReply, jsonReply, withoutBody, type Reply } from './reply.ts';
import { requestId } from './request-id.ts';
import { logRequest, logsRequests, watchBody } from './request-log.ts';
import { securityHeaders } from './security/security-headers.ts';
import type { Route, RouteMatch, RouteTable } from './route-table.ts';

/** What answering needs of what handlers share. */
export interface SharedContext {
  readonly permission: AccessPermission;
  readonly log: Logger;
  readonly streams: { cursor(): string };
}

/** What a handler gets of its request beside what all share. */
export interface RequestScope {
  readonly request: Pick<ApiRequest, 'headers' | 'signal' | 'method'>;
  /** Address of the client, behind trusted proxies too; undefined when the connection is gone. */
  readonly clientAddress: string | undefined;
}

/** Pages and assets beside the endpoints; undefined for a path that is none of them. */
export type PageHandler = (
  request: ApiRequest,
  context: Pick<SharedContext, 'streams'>,
) => Promise<{ reply: Reply; isOpen: boolean } | undefined>;

export interface DispatchOptions {
  readonly routes: RouteTable;
  /** Writes the `detail` of a refusal in the dialect that is served. */
  readonly detailOf: (detail: ErrorBody['detail']) => ErrorBody['detail'];
  readonly pages: PageHandler;
  readonly context: SharedContext;
  /** What handlers share, by its name there, as it is for one request. */
  readonly perRequest: Readonly<Record<string, (request: ApiRequest) => unknown>>;
  readonly origins: OriginOptions;
  /** Origins whose pages may show ours in a frame. */
  readonly framedBy: readonly string[];
  /** Undefined where no key is set. */
  readonly checkKey: KeyCheck | undefined;
  readonly language: Language;
  readonly clientAddress: ClientAddress;
  readonly bodyBudget: BodyBudget;
  readonly requestsAtOnce: number;
}

interface Dispatching extends DispatchOptions {
  readonly contextOf: (request: ApiRequest) => RequestScope;
}

/** Makes what a handler gets; what is the same for all requests is inherited, for copying it each time is slow. */
function contexts({
  context,
  clientAddress,
  perRequest,
}: DispatchOptions): (request: ApiRequest) => RequestScope {
  const getters = Object.entries({ clientAddress, ...perRequest }).map(([name, of]) => [
    name,
    {
      get(this: { request: ApiRequest }) {
        return of(this.request);
      },
    },
  ]);
  const shared: object = Object.create(context, Object.fromEntries(getters));
  return (request) => Object.assign(Object.create(shared) as RequestScope, { request });
}

/**
 * The way of every request: origin, key, permission, input, handler. Answers undefined for a path that the
 * API does not know, so that a host application can go on; never throws.
 */
export function createDispatch(
  options: DispatchOptions,
): (request: ApiRequest) => Promise<Reply | undefined> {
  const { log } = options.context;
  const dispatching = { ...options, contextOf: contexts(options) };
  const always = securityHeaders({ allowCors: options.origins.allowCors, framedBy: options.framedBy });
  let running = 0;
  return async (request) => {
    const id = requestId(request);
    const startedAt = performance.now();
    running += 1;
    const reply = await answer(request, dispatching, running).catch((error: unknown) =>
      errorReply(error, request, {
        requestId: id,
        log,
        language: options.language,
        detailOf: options.detailOf,
      }),
    );
    running -= 1;
    if (reply === undefined) return undefined;
    if (logsRequests(log)) logRequest(log, request, { requestId: id, status: reply.status, startedAt });
    watchBody(log, request, reply, id);
    const cors = corsHeaders(request, options.origins.allowCors);
    const headers = { 'x-request-id': id, ...always, ...cors, ...reply.headers };
    const complete: Reply = { status: reply.status, headers, body: reply.body };
    return request.method === 'HEAD' ? withoutBody(complete) : complete;
  };
}

async function answer(
  request: ApiRequest,
  options: Dispatching,
  running: number,
): Promise<Reply | undefined> {
  if (running > options.requestsAtOnce) {
    throw new HttpError(429, text('the server is answering too many requests', '服务器正在处理的请求过多'), {
      retryAfter: 1,
    });
  }
  const match = options.routes.find(request.path);
  if (match === undefined) return answerPage(request, options);
  checkOrigin(request, options.origins);
  if (request.method === 'OPTIONS' && options.origins.allowCors !== false) {
    return emptyReply(204, preflightHeaders);
  }
  const route = match.methods.get(request.method === 'HEAD' ? 'GET' : request.method);
  if (route === undefined) throw methodNotAllowed([...match.methods.keys()]);
  return callHandler(route, match.parameters, request, options);
}

async function answerPage(request: ApiRequest, options: Dispatching): Promise<Reply | undefined> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const page = await options.pages(request, options.context);
  if (page === undefined) return undefined;
  checkOrigin(request, options.origins);
  if (!page.isOpen) checkKey(request, options);
  return page.reply;
}

async function callHandler(
  route: Route,
  parameters: RouteMatch['parameters'],
  request: ApiRequest,
  options: Dispatching,
): Promise<Reply> {
  const { endpoint, handler, render } = route;
  if (endpoint.permission !== 'open') {
    checkKey(request, options);
    checkPermission(endpoint.permission, options.context.permission);
  }
  const input = await readInput(endpoint, request, parameters, options.bodyBudget);
  const result = await handler(input, options.contextOf(request));
  // What a handler of a media or events endpoint answers is so by the types of the routes.
  if (isMedia(endpoint.output)) return result as Reply;
  if (isEvents(endpoint.output)) return eventStreamReply(result as AsyncIterable<NamedEvent>, request.signal);
  const reply = jsonReply(render(result));
  return endpoint.isCompressed === true ? compressedReply(reply, request.headers) : reply;
}

function checkKey(request: ApiRequest, options: Dispatching): void {
  options.checkKey?.(request.headers, () => options.clientAddress(request));
}

function methodNotAllowed(methods: readonly string[]): HttpError {
  const allow = methods.join(', ');
  return new HttpError(405, text(`use ${allow}`, `请使用 ${allow}`), { headers: { allow } });
}
