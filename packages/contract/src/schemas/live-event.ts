import * as z from 'zod';

import { jobEvent } from './job.ts';

const paths = z.array(z.string());
const cursor = z.string().describe('The position from which the stream continues');

/** Something that happened in the library while the stream was open, or since its cursor. */
export const liveEvent = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('ready'), cursor }).describe('The stream begins; nothing was missed'),
    z
      .object({
        type: z.literal('reset'),
        cursor,
        reason: z.enum(['unknown-cursor', 'too-slow']),
      })
      .describe('Events were missed: reload what is displayed'),
    z
      .object({
        type: z.literal('images'),
        added: paths,
        changed: paths,
        removed: paths,
        moved: z.array(z.object({ from: z.string(), to: z.string() })),
      })
      .describe('Images that were added, changed, removed, or moved to another path'),
    z
      .object({
        type: z.literal('tags'),
        paths: paths
          .nullable()
          .describe('Images that gained or lost tags; null when the tags themselves changed'),
        tag_ids: z.array(z.int()),
      })
      .describe('Custom tags'),
    z.object({ type: z.literal('marks'), paths }).describe('Ratings and notes'),
    z
      .object({
        type: z.literal('folders'),
        unavailable: paths.describe(
          'Folders that are currently unavailable, such as those on drives that are not plugged in',
        ),
      })
      .describe(
        'Folders of the library that were added, removed or renamed, or became unavailable or available',
      ),
    jobEvent,
  ])
  .meta({ id: 'LiveEvent' });
export type LiveEvent = z.output<typeof liveEvent>;
