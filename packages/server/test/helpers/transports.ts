import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { nodeHandler, type IibService } from '@iib-kit/server';
import { iibRouter } from '@iib-kit/server/express';
import { iibFastify } from '@iib-kit/server/fastify';
import { iibHandler } from '@iib-kit/server/web';
import express5 from 'express';
import express4 from 'express4';
import Fastify from 'fastify';

/** A service that is reachable, until it is closed. */
export interface Serving {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** A way to put a service behind HTTP. */
export interface Transport {
  readonly name: string;
  /** Serves until `close`, which leaves the service open. */
  serve(service: IibService): Promise<Serving>;
}

/** Every way that users mount the API; suites of behaviour run over all of them. */
export const transports: readonly Transport[] = [
  {
    name: 'node:http',
    serve: (service) => {
      const handler = nodeHandler(service);
      return listen(createServer((request, response) => void handler(request, response)));
    },
  },
  {
    name: 'Fastify',
    async serve(service) {
      // A client may hold connections open that never carried a request, which count as busy.
      const app = Fastify({ forceCloseConnections: true });
      await app.register(iibFastify, { service });
      const origin = await app.listen({ port: 0, host: '127.0.0.1' });
      return { origin, close: () => app.close() };
    },
  },
  {
    name: 'Express 5 with body parsers',
    serve: (service) => {
      const app = express5();
      app.use(express5.json(), express5.urlencoded(), express5.text());
      app.use(iibRouter(service));
      return listen(createServer(app));
    },
  },
  {
    name: 'Express 4',
    serve: (service) => {
      const app = express4();
      app.use(iibRouter(service));
      return listen(createServer(app));
    },
  },
  {
    name: 'web requests',
    serve: (service) => {
      const handler = iibHandler(service, {
        address: (_, { incoming }: HttpBindings) => incoming.socket.remoteAddress,
      });
      const listener = getRequestListener((request, env) => handler(request, env as HttpBindings), {
        overrideGlobalObjects: false,
      });
      return listen(createServer((request, response) => void listener(request, response)));
    },
  },
];

async function listen(server: Server): Promise<Serving> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
