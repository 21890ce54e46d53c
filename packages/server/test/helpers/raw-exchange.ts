import { connect, type Socket } from 'node:net';

/** A connection on which a test writes what it likes. */
export interface RawExchange {
  readonly socket: Socket;
  /** All that the server sent until it closed the connection. */
  readonly answer: Promise<string>;
}

/** Connects to where an app is and writes a text as it stands. */
export function rawExchange(url: string, text: string): RawExchange {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const answer = new Promise<string>((resolve) => {
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(received));
  });
  socket.write(text);
  return { socket, answer };
}

/** The lines of a request, its end included. */
export function requestText(...lines: string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}
