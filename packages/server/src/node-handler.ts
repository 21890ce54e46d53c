import type { IncomingMessage, ServerResponse } from 'node:http';

import { fromNode } from './http/from-node.ts';
import { jsonReply } from './http/reply.ts';
import { writeToNode } from './http/write-to-node.ts';
import type { IibService } from './iib-service.ts';

/** A request listener for `node:http`. What is not the API's is answered with 404. */
export function nodeHandler(
  service: IibService,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const apiRequest = fromNode(request, response, { base: service.base });
    const reply = apiRequest === undefined ? undefined : await service.handle(apiRequest);
    await writeToNode(response, reply ?? jsonReply({ detail: 'not found' }, 404));
  };
}
