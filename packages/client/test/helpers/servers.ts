import { createServer, type RequestListener, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';

import { generate } from 'selfsigned';
import { onTestFinished } from 'vitest';

/** A server of one test, which ends with it; tells its address. */
export async function serve(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(listener))}`;
}

/** The same with a certificate that nobody vouches for. */
export async function serveWithUnknownCertificate(listener: RequestListener): Promise<string> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
  });
  return `https://127.0.0.1:${await listen(createHttpsServer({ key, cert }, listener))}`;
}

/** A server that speaks for itself. */
export async function serveTcp(onConnection: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  return `http://127.0.0.1:${await listen(server)}`;
}

/** An address at which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): RequestListener {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };
}

/** Answers each request by the next listener, and from then on by the last. */
export function inTurn(...listeners: RequestListener[]): RequestListener & { readonly count: () => number } {
  let count = 0;
  const listener: RequestListener = (request, response) => {
    const next = listeners[Math.min(count, listeners.length - 1)];
    count += 1;
    next?.(request, response);
  };
  return Object.assign(listener, { count: () => count });
}

async function listen(server: Server | HttpServer | HttpsServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}
