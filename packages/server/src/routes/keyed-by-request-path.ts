import type { RequestContext } from './context.ts';

/**
 * Looks many paths up and answers by path as it was sent; what has no answer is left out. Throws `HttpError` 403 for
 * a path outside.
 */
export async function keyedByRequestPath<Found, Shape>(
  paths: readonly string[],
  { access }: RequestContext,
  lookUp: (paths: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
  shape: (found: Found) => Shape,
): Promise<Record<string, Shape>> {
  const allowed = await Promise.all(paths.map((path) => access.checkSpelled(path)));
  const found = await lookUp(allowed.map(({ path }) => path));
  const answers = new Map<string, Shape>();
  for (const [position, { path }] of allowed.entries()) {
    const value = found.get(path);
    if (value !== undefined) answers.set(paths[position] ?? '', shape(value));
  }
  return Object.fromEntries(answers);
}
