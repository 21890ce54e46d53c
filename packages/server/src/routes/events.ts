import type { api, Handlers } from '@iib-kit/contract';

import type { RequestContext } from './context.ts';
import type { Reply } from '../http/reply.ts';
import { mapEvents } from './map-events.ts';
import { liveEventToResponse } from './responses/live-event-to-response.ts';

export const events: Handlers<typeof api, RequestContext, Reply>['events'] = {
  async stream({ cursor }, { access, request, streams }) {
    // Browsers that open a broken stream again send the header, beside the query of the first time.
    const last = request.headers['last-event-id'];
    const from = typeof last === 'string' && last !== '' ? last : cursor;
    return mapEvents(streams.library(from), (event) => liveEventToResponse(event, access));
  },
};
