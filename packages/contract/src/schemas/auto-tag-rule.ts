import * as z from 'zod';

import { autoTagFields, autoTagOperators } from '../vocabulary.ts';
import { integer } from './lenient.ts';

/** Longest value of a condition, in UTF-16 units. */
const MAX_CONDITION_LENGTH = 1024;

const autoTagCondition = z
  .object({
    field: z.enum(autoTagFields),
    operator: z.enum(autoTagOperators).describe('Case is ignored'),
    value: z.string().min(1, 'a value cannot be empty').max(MAX_CONDITION_LENGTH),
  })
  .meta({ id: 'AutoTagCondition' });

/** Gives a custom tag to every image that meets all or any of its conditions; without conditions, to none. */
export const autoTagRule = z
  .object({
    tag_id: integer({ min: 1 }),
    match: z.enum(['all', 'any']),
    conditions: z.array(autoTagCondition).max(100),
  })
  .meta({ id: 'AutoTagRule' });
export type AutoTagRule = z.output<typeof autoTagRule>;
