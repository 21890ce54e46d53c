import type { ScopeOptions } from '@iib-kit/catalog';

import type { RequestContext } from './context.ts';

/** What counts of the index for a caller: images in the folders that may be seen. */
export function callerScope({ access, request }: Pick<RequestContext, 'access' | 'request'>): ScopeOptions {
  const inside = access.roots();
  return { signal: request.signal, ...(inside && { inside }) };
}

/** Folders of the library that are unavailable, as far as a caller may know of them. */
export async function knownUnavailable({
  access,
  library,
}: Pick<RequestContext, 'access' | 'library'>): Promise<string[]> {
  return (await library.unavailable()).filter((folder) => access.leadsToRoot(folder));
}
