import {
  inputPlace,
  isEvents,
  isMedia,
  onlyAsks,
  type Api,
  type Endpoint,
  type Method,
  type StartedJob,
} from './endpoint.ts';

/** What sending a request to an endpoint takes, without its schemas and words. */
export interface Route {
  readonly method: Method;
  /** As in `Endpoint`. */
  readonly path: string;
  /** Where fields of the input travel that are not in the path. */
  readonly inputIn: 'query' | 'body';
  readonly answer: 'json' | 'media' | 'events';
  /** The statuses of refusals that it declares. */
  readonly errors: readonly number[];
  readonly onlyAsks: boolean;
  readonly answersWhenDone: boolean;
  readonly pageItems?: string;
  readonly startsJob?: Omit<StartedJob, 'result'>;
}

/** A route for each endpoint of an API. */
export type Routes<A extends Api> = {
  readonly [Group in keyof A]: { readonly [Name in keyof A[Group]]: Route };
};

export function routesOf<A extends Api>(api: A): Routes<A> {
  const groups = Object.entries(api).map(([group, endpoints]) => [
    group,
    Object.fromEntries(Object.entries(endpoints).map(([name, endpoint]) => [name, routeOf(endpoint)])),
  ]);
  // Typed by the same constants that were walked, which `fromEntries` loses.
  const routes: Routes<A> = Object.fromEntries(groups);
  return routes;
}

function routeOf(endpoint: Endpoint): Route {
  const { method, path, output, errors, answersWhenDone = false, pageItems, startsJob } = endpoint;
  return {
    method,
    path,
    inputIn: inputPlace(endpoint),
    answer: isMedia(output) ? 'media' : isEvents(output) ? 'events' : 'json',
    errors,
    onlyAsks: onlyAsks(endpoint),
    answersWhenDone,
    ...(pageItems === undefined ? {} : { pageItems }),
    ...(startsJob === undefined ? {} : { startsJob: { status: startsJob.status, field: startsJob.field } }),
  };
}
