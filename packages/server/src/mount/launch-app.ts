import { createServer, type Server } from 'node:http';
import { isIP, type AddressInfo } from 'node:net';

import { isLoopbackHost } from '../http/security/client-address.ts';
import { isLocalName, loopbackHosts } from '../http/security/origin-check.ts';
import { checkOptionNames } from '../options/check-option-names.ts';
import { launchOptionNames, launchOptions, type LaunchOptions } from '../options/launch-options.ts';
import type { ConnectionLimits } from '../options/limits.ts';
import { resolveOptions } from '../options/option.ts';
import type { IibOptions } from '../options/service-options.ts';
import { openService, type IibService } from '../service/iib-service.ts';
import { nodeHandler } from './node-handler.ts';

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

/** How often the time limits of connections are looked after, in milliseconds. */
const CHECKING_INTERVAL = 1000;

/**
 * Runs the API on a port of its own. Listening on loopback only, it answers to loopback host names only and, unless
 * `hosts` or `trustedProxies` say that others come through a proxy, trusts its callers to add library folders.
 * Listening elsewhere without a key, it answers to addresses and local host names only.
 * @throws an Error with code `EADDRINUSE`, `EACCES` or `EADDRNOTAVAIL` when it cannot listen, and what `openService` throws
 */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  checkOptionNames('option', options, launchOptionNames);
  const { port: _, host: _host, enableShutdown: _shutdown, ...own } = options;
  const { port, host, enableShutdown, limits } = resolveOptions(launchOptions, options);
  const service = await openService({
    ...own,
    trustCallers: own.trustCallers ?? trustsCallers(host, own),
    ...hostsOption(host, own),
    ...(enableShutdown ? { onShutdown: () => void close() } : {}),
    limits: limits.service,
  });
  const server = createConfiguredServer(service, limits.connections, own.feDir !== undefined);
  try {
    await listen(server, port, host);
  } catch (error) {
    await service.close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeAll(server, service));
  return { url: `http://${authority(host, server)}${service.base}`, service, close };
}

function createConfiguredServer(
  service: IibService,
  limits: ConnectionLimits,
  isFrontEndAtRoot: boolean,
): Server {
  const handler = nodeHandler(service);
  // Where the grouping API of its own has always been.
  const atRoot = nodeHandler({ ...service, base: '' });
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: Math.min(limits.headerSeconds, limits.requestSeconds) * 1000,
      requestTimeout: limits.requestSeconds * 1000,
      keepAliveTimeout: limits.idleSeconds * 1000,
      connectionsCheckingInterval: CHECKING_INTERVAL,
    },
    (request, response) => {
      if (service.base !== '' && (request.url === '/' || request.url?.startsWith('/?') === true)) {
        const url = `${service.base}/${request.url.slice(1)}`;
        if (!isFrontEndAtRoot) {
          // Relative, as a proxy may have cut off what stands before it.
          response.writeHead(307, { location: url.slice(1) });
          response.end();
          return;
        }
        request.url = url;
      }
      const answer = request.url?.startsWith('/api/') === true ? atRoot : handler;
      answer(request, response).catch((error: unknown) => response.destroy(asError(error)));
    },
  );
  server.maxConnections = limits.connections;
  return server;
}

/** What comes through a proxy may come from anywhere. */
function trustsCallers(host: string, { hosts, trustedProxies = [] }: IibOptions): boolean {
  return isLoopbackHost(host) && hosts === undefined && trustedProxies.length === 0;
}

/** With a key, a page that gets here under a name of its own has no cookie of ours. */
function hostsOption(host: string, { hosts, secretKey }: IibOptions): Pick<IibOptions, 'hosts'> {
  if (hosts !== undefined) return { hosts };
  if (isLoopbackHost(host)) return { hosts: loopbackHosts };
  return secretKey === undefined ? { hosts: isLocalName } : {};
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

/** The wildcard addresses cannot be opened in a browser; this machine can be. */
function authority(host: string, server: Server): string {
  const { port } = server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `${isIP(name) === 6 ? `[${name}]` : name}:${port}`;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
