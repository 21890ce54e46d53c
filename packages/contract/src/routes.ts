import { api } from './api.ts';
import { routesOf, type Routes } from './routes-of.ts';

export { fillPath, pathParameters } from './path-template.ts';
export type { Route } from './routes-of.ts';

/** The routes of `api`. The build writes them out as data, so that importing them loads no schemas. */
export const routes: Routes<typeof api> = routesOf(api);
