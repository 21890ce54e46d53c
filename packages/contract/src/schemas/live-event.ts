import * as z from 'zod';

import { jobEvent } from './job.ts';

const paths = z.array(z.string());
const cursor = z.string().describe('The place from which the stream goes on');

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
      .describe('Events were missed: read again what is shown'),
    z
      .object({
        type: z.literal('images'),
        added: paths,
        changed: paths,
        removed: paths,
        moved: z.array(z.object({ from: z.string(), to: z.string() })),
      })
      .describe('Images that came, changed, went, or are found under another path'),
    z
      .object({
        type: z.literal('tags'),
        paths: paths.nullable().describe('Images that got or lost them; null where the tags changed'),
        tag_ids: z.array(z.int()),
      })
      .describe('Custom tags'),
    z.object({ type: z.literal('marks'), paths }).describe('Ratings and notes'),
    z
      .object({
        type: z.literal('folders'),
        unavailable: paths.describe('Those that are not there now, such as drives that are not plugged in'),
      })
      .describe('Folders of the library that were added, removed, named, went away or came back'),
    jobEvent,
  ])
  .meta({ id: 'LiveEvent' });
export type LiveEvent = z.output<typeof liveEvent>;
