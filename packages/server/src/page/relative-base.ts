import type { ApiRequest } from '../http/api-request.ts';

/**
 * The way from the page to the base, without a last slash. A proxy may cut a prefix off the address, of which the
 * server then does not know.
 */
export function relativeBase({
  base,
  path,
  endsInSlash,
}: Pick<ApiRequest, 'base' | 'path' | 'endsInSlash'>): string {
  if (path === '' && !endsInSlash) return `./${base.slice(base.lastIndexOf('/') + 1)}`;
  const above = path.split('/').length - (endsInSlash ? 1 : 2);
  return above === 0 ? '.' : Array(above).fill('..').join('/');
}
