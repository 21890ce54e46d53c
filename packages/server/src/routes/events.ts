import type { api, Handlers } from '@iib-kit/contract';

import type { RequestContext } from './context.ts';
import type { Reply } from '../http/reply.ts';

export const events: Handlers<typeof api, RequestContext, Reply>['events'] = {
  async stream({ cursor }, { request, streams }) {
    // Browsers that open a broken stream again send the header, beside the query of the first time.
    const last = request.headers['last-event-id'];
    return streams.library(typeof last === 'string' && last !== '' ? last : cursor);
  },
};
