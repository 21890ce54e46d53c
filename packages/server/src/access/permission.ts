import type { Permission } from '@iib-kit/contract';

import { HttpError } from '../http/http-error.ts';
import type { AccessPermission } from '../service-options.ts';

/** Throws `HttpError` 403 where the server's permission does not cover what an endpoint does. */
export function checkPermission(needed: Exclude<Permission, 'open'>, granted: AccessPermission): void {
  if (granted === 'read-write' || (needed === 'read') === (granted === 'read-only')) return;
  throw new HttpError(403, `this server is ${granted}, and this call would ${needed}`);
}
