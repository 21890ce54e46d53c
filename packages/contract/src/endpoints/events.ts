import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { liveEvent } from '../schemas/live-event.ts';

export const events = {
  stream: endpoint({
    method: 'GET',
    path: '/events',
    summary: 'What changes in the library, as it happens',
    description:
      'Begins with `ready`, or with `reset` where what followed the cursor is no longer known. Going on after a ' +
      'break, send the id of the last event as `cursor` or `Last-Event-ID`, as browsers do by themselves.',
    permission: 'read',
    input: z.object({ cursor: z.string().max(128).optional() }),
    output: { events: liveEvent },
    errors: [429],
    example: {},
  }),
};
