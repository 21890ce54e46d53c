import * as z from 'zod';

/** One field of a request that does not fit. */
export const validationIssue = z
  .object({ loc: z.array(z.union([z.string(), z.int()])), msg: z.string(), type: z.string() })
  .meta({ id: 'ValidationIssue' });
export type ValidationIssue = z.output<typeof validationIssue>;

/** The body of every answer that is not a success. */
export const errorBody = z
  .object({
    detail: z.union([z.string(), z.array(validationIssue), z.record(z.string(), z.unknown())]),
    request_id: z
      .string()
      .optional()
      .describe('Only with 500: the id of the request in the log of the server'),
  })
  .meta({ id: 'Error' });
export type ErrorBody = z.output<typeof errorBody>;
