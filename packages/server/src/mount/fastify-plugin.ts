import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { FilePart } from '../http/files/file-part.ts';
import { fromNode } from '../http/adapters/from-node.ts';
import { limitStall } from '../http/adapters/limit-stall.ts';
import { openService, type IibService } from '../service/iib-service.ts';
import type { IibOptions } from '../options/service-options.ts';

/**
 * A Fastify 5 plugin that serves the API below `options.base`, inside the prefix it is registered with. Takes
 * the options of `openService`, or `{ service }` to share one that is open; one that it opened itself is closed
 * with the application.
 */
export async function iibFastify(
  fastify: FastifyInstance,
  options: (IibOptions | { service: IibService }) & { prefix?: string },
): Promise<void> {
  const { prefix: _, ...own } = options;
  const service = 'service' in own ? own.service : await openService(own);
  if (!('service' in own)) fastify.addHook('onClose', () => service.close());

  // Bodies are read by the API itself, with its own limits and errors; the parsers of the host stay as they are.
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));

  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const apiRequest = fromNode(request.raw, reply.raw, {
      base: service.base,
      prefix: fastify.prefix,
      url: (request.raw.url ?? '/').slice(fastify.prefix.length),
      address: () => request.ip,
      id: request.id,
    });
    const answer = apiRequest === undefined ? undefined : await service.handle(apiRequest);
    if (answer === undefined) return reply.callNotFound();
    limitStall(reply.raw, answer, service.limits.stallSeconds);
    const body = answer.body instanceof FilePart ? answer.body.stream() : answer.body;
    return reply.code(answer.status).headers(answer.headers).send(body);
  };
  const url = service.base === '' ? '/' : service.base;
  fastify.route({ method: methods, url, handler });
  fastify.route({ method: methods, url: `${service.base}/*`, handler });
}

const methods = ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'];
