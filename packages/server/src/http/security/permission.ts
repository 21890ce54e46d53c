import type { Permission } from '@iib-kit/contract';

import { HttpError } from '../http-error.ts';
import type { AccessPermission } from '../../ports/access-permission.ts';
import { text } from '../../ports/text.ts';

/** Throws `HttpError` 403 where the server's permission does not cover what an endpoint does. */
export function checkPermission(needed: Exclude<Permission, 'open'>, granted: AccessPermission): void {
  if (granted === 'read-write' || granted === (needed === 'read' ? 'read-only' : 'write-only')) return;
  throw new HttpError(
    403,
    text(
      `this server is ${granted}, and this call would ${needed}`,
      `服务器权限为 ${granted}，不允许${needed === 'write' ? '写入' : '读取'}`,
    ),
  );
}
