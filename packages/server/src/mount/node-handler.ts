import type { IncomingMessage, ServerResponse } from 'node:http';

import { fromNode } from '../http/adapters/from-node.ts';
import { jsonReply, withHeaders, type Reply } from '../http/reply.ts';
import { securityHeaders } from '../http/security/security-headers.ts';
import { writeToNode } from '../http/adapters/write-to-node.ts';
import type { IibService } from '../service/iib-service.ts';

/** A request listener for `node:http`. What is not the API's is answered with 404. */
export function nodeHandler(
  service: IibService,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { stallSeconds } = service.limits;
  return async (request, response) => {
    const reply = hasTwoHosts(request.rawHeaders)
      ? // Nor is what else comes on this connection to be believed.
        withHeaders(outside({ detail: 'a request has one Host header' }, 400), { connection: 'close' })
      : await answer(service, request, response);
    await writeToNode(response, reply ?? outside({ detail: 'not found' }, 404), stallSeconds);
  };
}

async function answer(
  service: IibService,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Reply | undefined> {
  const apiRequest = fromNode(request, response, { base: service.base });
  return apiRequest === undefined ? undefined : service.handle(apiRequest);
}

function outside(body: object, status: number): Reply {
  return withHeaders(jsonReply(body, status), securityHeaders({ allowCors: false }));
}

/** Node takes the first, a proxy before it perhaps the second; RFC 9112 section 3.2 wants neither. */
function hasTwoHosts(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let name = 0; name < rawHeaders.length; name += 2) {
    if (rawHeaders[name]?.length === 4 && rawHeaders[name]?.toLowerCase() === 'host') hosts += 1;
  }
  return hosts > 1;
}
