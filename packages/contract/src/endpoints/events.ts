import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { liveEvent } from '../schemas/live-event.ts';

export const events = {
  stream: endpoint({
    method: 'GET',
    path: '/events',
    summary: 'Changes in the library, as they happen',
    description:
      'Begins with `ready`, or with `reset` when the events after the cursor are no longer known. To resume ' +
      'after an interruption, send the id of the last event as `cursor` or `Last-Event-ID`; browsers do so ' +
      'by themselves.',
    permission: 'read',
    input: z.object({ cursor: z.string().max(128).optional() }),
    output: { events: liveEvent },
    errors: [429],
    example: {},
  }),
};
