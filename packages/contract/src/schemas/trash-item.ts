import * as z from 'zod';

/** A file or folder in the trash. */
export const trashItem = z
  .object({
    id: z.string(),
    type: z.enum(['file', 'dir']),
    name: z.string(),
    path: z.string().describe('Where it was'),
    bytes: z.int().describe('0 for a folder'),
    deleted_time: z.number().describe('Unix seconds'),
    expires_time: z
      .number()
      .nullable()
      .describe(
        'Unix seconds before which it is not deleted for good; null where no limit of the trash says that it will be',
      ),
  })
  .meta({ id: 'TrashItem' });
export type TrashItem = z.output<typeof trashItem>;
