import * as z from 'zod';

import { extraPathTypes } from '../vocabulary.ts';

/** A folder of the library. `cli_access_only` marks those given when the server was started. */
export const extraPath = z
  .object({ path: z.string(), types: z.array(z.enum(extraPathTypes)), alias: z.string() })
  .meta({ id: 'ExtraPath' });
export type ExtraPath = z.output<typeof extraPath>;
