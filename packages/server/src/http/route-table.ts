import type { Api, Endpoint } from '@iib-kit/contract';

import type { RequestContext } from '../context.ts';
import type { handlers } from '../routes/handlers.ts';

/** A handler whose input was checked against its endpoint: the pairing that types cannot follow through a lookup. */
type AnyHandler = (input: unknown, context: RequestContext) => Promise<unknown>;

export interface Route {
  readonly endpoint: Endpoint;
  readonly handler: AnyHandler;
}

/** Finds routes by path, then by method. */
export type RouteTable = ReadonlyMap<string, ReadonlyMap<string, Route>>;

/** Pairs each endpoint with the handler of the same group and name. */
export function routeTable(api: Api, all: typeof handlers): RouteTable {
  const table = new Map<string, Map<string, Route>>();
  const groups = all as unknown as Record<string, Record<string, AnyHandler>>;
  for (const [group, endpoints] of Object.entries(api)) {
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const handler = groups[group]?.[name];
      if (handler === undefined) throw new TypeError(`no handler for ${group}.${name}`);
      const methods = table.get(endpoint.path) ?? new Map<string, Route>();
      table.set(endpoint.path, methods.set(endpoint.method, { endpoint, handler }));
    }
  }
  return table;
}
