export const accessPermissions = ['read-write', 'read-only', 'write-only', 'no-access'] as const;
/** What callers may do. */
export type AccessPermission = (typeof accessPermissions)[number];

/** Whether callers may change anything. */
export function mayWrite(permission: AccessPermission): boolean {
  return permission === 'read-write' || permission === 'write-only';
}
