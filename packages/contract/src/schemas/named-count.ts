import * as z from 'zod';

/** A name and how many images have it. */
export const namedCount = z.object({ name: z.string(), count: z.int() }).meta({ id: 'NamedCount' });
