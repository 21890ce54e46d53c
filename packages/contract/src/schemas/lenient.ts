import * as z from 'zod';

/**
 * Inputs that IIB's callers send in more than one spelling. A numeric string counts as the number;
 * `null` counts as left out (the server drops it before the check).
 */

export function integer(range: { min?: number; max?: number } = {}) {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = range;
  const error = `expected a whole number${between(range)}`;
  const number = z.int(error).min(min, error).max(max, error);
  const digits = z
    .string()
    .regex(/^-?\d{1,16}$/)
    .transform(Number)
    .pipe(number);
  return z.union([number, digits], { error });
}

export function boolean() {
  const words = z.enum(['true', 'false', '1', '0']).transform((word) => word === 'true' || word === '1');
  return z.union([z.boolean(), words], { error: 'expected true or false' });
}

/** A file or folder name on the server; empty ones and those with NUL are refused before any file system call. */
export function path() {
  return z
    .string()
    .min(1, 'a path cannot be empty')
    .max(MAX_PATH_LENGTH, `a path cannot be longer than ${MAX_PATH_LENGTH} characters`)
    .refine((text) => !text.includes('\0'), 'a path cannot contain NUL');
}

/** Longest path accepted, in UTF-16 units; Linux stops at 4,096 bytes. */
export const MAX_PATH_LENGTH = 4096;

/** Most paths in one request. */
export const MAX_PATHS = 10_000;

export function paths() {
  return z.array(path()).max(MAX_PATHS, `at most ${MAX_PATHS} paths in one request`);
}

function between({ min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? '' : ` of at most ${max}`;
}
