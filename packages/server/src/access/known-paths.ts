import { isAbsolute } from 'node:path';

import type { PathAccess } from './path-access.ts';

/**
 * A value that JSON stands for, without the paths in it, at any depth, that neither lie in the allowed folders nor lead
 * there: lists lose them, and objects about them; elsewhere they are empty.
 */
export function withKnownPaths(value: unknown, { leadsToRoot }: Pick<PathAccess, 'leadsToRoot'>): unknown {
  const isHidden = (inner: unknown): boolean =>
    typeof inner === 'string' && isAbsolute(inner) && !leadsToRoot(inner);
  const isAboutHidden = (inner: unknown): boolean =>
    typeof inner === 'object' && inner !== null && Object.values(inner).some(isHidden);
  const known = (inner: unknown): unknown => {
    if (Array.isArray(inner))
      return inner.filter((each) => !isHidden(each) && !isAboutHidden(each)).map(known);
    if (typeof inner === 'object' && inner !== null)
      return Object.fromEntries(Object.entries(inner).map(([name, each]) => [name, known(each)]));
    return isHidden(inner) ? '' : inner;
  };
  return known(value);
}
