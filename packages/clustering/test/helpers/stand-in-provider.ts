import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that the stand-in got. */
export interface SeenRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}

/** Answers a request; `answer` writes a JSON body. */
export type Respond = (seen: SeenRequest, reply: Reply) => void | Promise<void>;

export interface Reply {
  answer(body: unknown, status?: number, headers?: Record<string, string>): void;
  readonly raw: ServerResponse;
}

/** A model's provider on this machine, at the network edge where the real one would be. */
export interface StandInProvider {
  readonly baseURL: string;
  readonly seen: SeenRequest[];
  /** The most requests that were open at once. */
  readonly mostAtOnce: () => number;
  close(): Promise<void>;
}

export async function startStandIn(respond: Respond): Promise<StandInProvider> {
  const seen: SeenRequest[] = [];
  let open = 0;
  let mostAtOnce = 0;
  const server = createServer((request, response) => {
    mostAtOnce = Math.max(mostAtOnce, ++open);
    response.on('close', () => open--);
    void handle(request, response);
  });
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readJson(request);
    const got = { path: request.url ?? '', authorization: request.headers.authorization, body };
    seen.push(got);
    await respond(got, {
      raw: response,
      answer: (value, status = 200, headers = {}) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(value));
      },
    });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    seen,
    mostAtOnce: () => mostAtOnce,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The vector that {@link embeddings} gives a text: its length, its first character's code, and 1. */
export function standInVector(text: string): [number, number, number] {
  return [text.length, text.codePointAt(0) ?? 0, 1];
}

/** An answer of OpenAI's form to an embeddings request, in the encoding it asks for. */
export function embeddings(body: Record<string, unknown>): { data: { index: number; embedding: unknown }[] } {
  const input = body.input as string[];
  const data = input.map((text, index) => {
    const vector = standInVector(text);
    if (body.encoding_format !== 'base64') return { index, embedding: vector };
    return { index, embedding: Buffer.from(Float32Array.from(vector).buffer).toString('base64') };
  });
  return { data };
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
}
