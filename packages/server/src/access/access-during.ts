import type { PathAccess } from './path-access.ts';

/** The same access for as long as a request is wanted: its checks end when `signal` aborts, with its reason. */
export function accessDuring(signal: AbortSignal, access: PathAccess): PathAccess {
  return {
    ...access,
    check: (untrusted) => access.check(untrusted, signal),
    checkSpelled: (untrusted) => access.checkSpelled(untrusted, signal),
    checkListing: (untrusted) => access.checkListing(untrusted, signal),
  };
}
