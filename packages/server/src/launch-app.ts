import { createServer, type Server } from 'node:http';
import { isIP, type AddressInfo } from 'node:net';

import { loopbackHosts } from './access/origin-check.ts';
import { openService, type IibService } from './iib-service.ts';
import { nodeHandler } from './node-handler.ts';
import type { IibOptions } from './service-options.ts';

/** How to run the API alone. */
export interface LaunchOptions extends IibOptions {
  /** Default 8000; 0 takes any free one. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`, which only this machine reaches. */
  host?: string;
}

/** A server that listens. */
export interface LaunchedApp {
  /** Address of the page, base path included. */
  readonly url: string;
  readonly service: IibService;
  /** Stops listening, ends connections and closes the service. Further calls do nothing. */
  close(): Promise<void>;
}

/** How long open connections may finish what they are doing when the server closes, in milliseconds. */
const CLOSING_GRACE = 500;

/**
 * Runs the API on a port of its own. Listening on loopback only, it answers to loopback host names only and
 * trusts its callers to add library folders.
 * @throws an Error with code `EADDRINUSE`, `EACCES` or `EADDRNOTAVAIL` when it cannot listen, and what `openService` throws
 */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const { port = 8000, host = '127.0.0.1', ...own } = options;
  const isLoopback = isLoopbackAddress(host);
  const service = await openService({
    trustCallers: isLoopback,
    ...(isLoopback ? { hosts: loopbackHosts } : {}),
    ...own,
  });
  const handler = nodeHandler(service);
  const server = createServer((request, response) => {
    if (request.url === '/' || request.url?.startsWith('/?')) {
      response.writeHead(307, { location: `${service.base}/${request.url.slice(1)}` });
      response.end();
      return;
    }
    handler(request, response).catch((error: unknown) => response.destroy(asError(error)));
  });
  try {
    await listen(server, port, host);
  } catch (error) {
    await service.close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    url: `http://${authority(host, server)}${service.base}`,
    service,
    close: () => (closing ??= closeAll(server, service)),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function closeAll(server: Server, service: IibService): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), CLOSING_GRACE);
  await Promise.all([closed, service.close()]);
  clearTimeout(cut);
}

function isLoopbackAddress(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** The wildcard addresses cannot be opened in a browser; this machine can be. */
function authority(host: string, server: Server): string {
  const { port } = server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `${isIP(name) === 6 ? `[${name}]` : name}:${port}`;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
