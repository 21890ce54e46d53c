import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchApp, openService, type IibOptions, type IibService } from '@iib-kit/server';
import { iibRouter } from '@iib-kit/server/express';
import { iibFastify } from '@iib-kit/server/fastify';
import express from 'express';
import fastify from 'fastify';
import type { Mount } from './mounts.ts';

/** A server that listens, with `/bare` beside the API where a framework answers it, to compare with. */
export interface Mounted {
  readonly port: number;
  readonly service: IibService;
  close(): Promise<void>;
}

export async function mountService(mount: Mount, options: IibOptions): Promise<Mounted> {
  if (mount === 'alone') {
    const app = await launchApp({ ...options, port: 0 });
    return { port: Number(new URL(app.url).port), service: app.service, close: () => app.close() };
  }
  const service = await openService(options);
  if (mount === 'fastify') {
    const app = fastify();
    app.get('/bare', async (_request, reply) => reply.type('application/json').send('"hello"'));
    await app.register(iibFastify, { service });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    return {
      port,
      service,
      async close() {
        await app.close();
        await service.close();
      },
    };
  }
  const app = express();
  app.get('/bare', (_request, response) => void response.json('hello'));
  app.use(iibRouter(service));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, service, close: () => closeExpress(server, service) };
}

async function closeExpress(server: Server, service: IibService): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await service.close();
}
