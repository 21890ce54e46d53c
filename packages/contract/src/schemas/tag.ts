import * as z from 'zod';

/** A tag. Custom ones are given by people; the others are read from the images. */
export const tag = z
  .object({
    id: z.int(),
    name: z.string(),
    type: z.string().describe('`custom`, `pos`, `lora`, `Model`, `Sampler`, `size`, ...'),
    count: z.int().describe('Number of indexed images with this tag'),
    color: z.string().describe('Empty if none was chosen'),
    score: z.number(),
    display_name: z.string().nullable(),
  })
  .meta({ id: 'Tag' });
export type Tag = z.output<typeof tag>;
