import { IndexError } from '../roles/index-error.ts';
import type { AutoTagCondition } from '../roles/auto-tag-rules.ts';

/** Throws `invalid-regexp` for a condition whose expression cannot be understood. */
export function checkExpressions(conditions: readonly AutoTagCondition[]): void {
  for (const { operator, value } of conditions) {
    if (operator !== 'regex') continue;
    try {
      void new RegExp(value, 'ims');
    } catch (error) {
      throw new IndexError('invalid-regexp', error instanceof Error ? error.message : value, {
        cause: error,
      });
    }
  }
}
