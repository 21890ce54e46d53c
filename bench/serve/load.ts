import { createConnection } from 'node:net';

/** What to ask a server for, how, and for how long. */
export interface Load {
  readonly port: number;
  /** Asked for in turn. */
  readonly requests: readonly LoadRequest[];
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second over all connections; as fast as it goes when left out. */
  readonly rate?: number;
}

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly url: string;
  /** JSON. */
  readonly body?: string;
}

/** What came back. */
export interface LoadFigures {
  readonly perSecond: number;
  readonly bytesPerSecond: number;
  /** Milliseconds from when a request was due, so that one held up by those before it counts as late. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Answers with another status than 200, by status. */
  readonly refused: Readonly<Record<string, number>>;
}

/**
 * Sends requests over raw connections that are kept open, and reads no more of the answers than their heads: a client
 * that parses and copies bodies is at its limit long before the server is.
 */
export async function makeLoad(load: Load): Promise<LoadFigures> {
  const waits: number[] = [];
  const refused: Record<string, number> = {};
  let bytes = 0;
  const started = performance.now();
  const connections = Array.from({ length: load.connections }, (_, index) =>
    drive(load, index, started, {
      onBytes: (count) => {
        bytes += count;
      },
      onAnswer(wait, status) {
        waits.push(wait);
        if (status !== '200') refused[status] = (refused[status] ?? 0) + 1;
      },
    }),
  );
  await Promise.all(connections);
  const elapsed = (performance.now() - started) / 1000;
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? 0;
  return {
    perSecond: waits.length / elapsed,
    bytesPerSecond: bytes / elapsed,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
    refused,
  };
}

interface Listener {
  onBytes(count: number): void;
  onAnswer(wait: number, status: string): void;
}

/** One connection; resolves when its time is over and its last answer has come. */
function drive(load: Load, index: number, started: number, listener: Listener): Promise<void> {
  const { requests, connections, seconds, rate } = load;
  const end = started + seconds * 1000;
  const every = rate === undefined ? 0 : (connections / rate) * 1000;
  const texts = requests.map(requestText);
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port: load.port, host: '127.0.0.1', noDelay: true });
    let turn = index;
    let due = started + (index / connections) * every;
    let left = 0;
    let status: string | undefined;
    let head = Buffer.alloc(0);

    const ask = () => {
      status = undefined;
      head = Buffer.alloc(0);
      socket.write(texts[turn % texts.length] ?? '');
      turn += connections;
    };
    const next = () => {
      const now = performance.now();
      due = rate === undefined ? now : due + every;
      if (Math.max(now, due) >= end) {
        socket.destroy();
        resolve();
      } else if (due <= now) ask();
      else setTimeout(ask, due - now);
    };
    socket.on('connect', () => {
      if (rate === undefined) due = performance.now();
      const wait = due - performance.now();
      if (wait > 0) setTimeout(ask, wait);
      else ask();
    });
    socket.on('data', (chunk) => {
      listener.onBytes(chunk.length);
      if (status === undefined) {
        head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
        const headEnd = head.indexOf('\r\n\r\n');
        if (headEnd === -1) return;
        const text = head.toString('latin1', 0, headEnd);
        status = text.slice(9, 12);
        left = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1]) - (head.length - headEnd - 4);
      } else left -= chunk.length;
      if (left > 0) return;
      listener.onAnswer(performance.now() - due, status);
      next();
    });
    socket.on('error', reject);
    socket.on('end', () => reject(new Error('the server ended a connection')));
  });
}

function requestText({ method, url, body }: LoadRequest): string {
  const head = `${method} ${url} HTTP/1.1\r\nhost: 127.0.0.1\r\n`;
  if (body === undefined) return `${head}\r\n`;
  const length = Buffer.byteLength(body);
  return `${head}content-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`;
}
