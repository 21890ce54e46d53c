import { pathSegments, type Api, type Endpoint, type PathSegment } from '@iib-kit/contract';

import type { Renderers } from './renderers.ts';

/** A handler whose input was checked against its endpoint: the pairing that types cannot follow through a lookup. */
type AnyHandler = (input: unknown, context: object) => Promise<unknown>;

export interface Route {
  readonly endpoint: Endpoint;
  readonly handler: AnyHandler;
  /** Writes the handler's answer in the dialect that is served. */
  readonly render: (answer: unknown) => unknown;
}

/** What sits at a path. */
export interface RouteMatch {
  readonly methods: ReadonlyMap<string, Route>;
  /** Parameters of the path as they came, still encoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds routes by the path of a request. */
export interface RouteTable {
  find(path: string): RouteMatch | undefined;
}

/** Pairs each endpoint with the handler of the same group and name. */
export function routeTable(api: Api, all: object, renderers: Renderers<Api>): RouteTable {
  const methodsOf = new Map<string, Map<string, Route>>();
  const renders = renderers as unknown as Record<string, Record<string, Route['render'] | undefined>>;
  const groups = all as Record<string, Record<string, AnyHandler>>;
  for (const [group, endpoints] of Object.entries(api)) {
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const handler = groups[group]?.[name];
      if (handler === undefined) throw new TypeError(`no handler for ${group}.${name}`);
      const render = renders[group]?.[name] ?? ((answer) => answer);
      const methods = methodsOf.get(endpoint.path) ?? new Map<string, Route>();
      methodsOf.set(endpoint.path, methods.set(endpoint.method, { endpoint, handler, render }));
    }
  }
  const fixed = new Map<string, RouteMatch>();
  const templates: { segments: readonly PathSegment[]; methods: ReadonlyMap<string, Route> }[] = [];
  for (const [path, methods] of methodsOf) {
    const segments = pathSegments(path);
    if (segments.every((segment) => typeof segment === 'string'))
      fixed.set(path, { methods, parameters: {} });
    else templates.push({ segments, methods });
  }
  return {
    find(path) {
      const match = fixed.get(path);
      if (match !== undefined) return match;
      const given = path.slice(1).split('/');
      for (const { segments, methods } of templates) {
        const parameters = matchSegments(segments, given);
        if (parameters !== undefined) return { methods, parameters };
      }
      return undefined;
    },
  };
}

function matchSegments(
  segments: readonly PathSegment[],
  given: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [position, segment] of segments.entries()) {
    const text = given[position];
    if (typeof segment === 'string') {
      if (text !== segment) return undefined;
    } else if (segment.takesRest) {
      const rest = given.slice(position).join('/');
      return rest === '' ? undefined : { ...parameters, [segment.parameter]: rest };
    } else {
      if (text === undefined || text === '') return undefined;
      parameters[segment.parameter] = text;
    }
  }
  return given.length === segments.length ? parameters : undefined;
}
