export const accessPermissions = ['read-write', 'read-only', 'write-only'] as const;
/** What callers may do. */
export type AccessPermission = (typeof accessPermissions)[number];
