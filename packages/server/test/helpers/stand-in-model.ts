import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll } from 'vitest';

/** A request that the stand-in got. */
export interface SeenRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}

export type Respond = (seen: SeenRequest, response: ServerResponse) => void;

/** A model's provider on this machine, at the network edge where the real one would be. */
export interface StandInModel {
  readonly baseUrl: string;
  readonly seen: SeenRequest[];
  /** Texts that were embedded, those of all requests. */
  readonly embedded: () => unknown[];
  /** Forgets what was seen and answers as a proper provider does, or as given. */
  readonly reset: (respond?: Respond) => void;
}

/** Starts a provider for the tests of a file. */
export async function standInModel(): Promise<StandInModel> {
  const seen: SeenRequest[] = [];
  let respond: Respond = properly;
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(request);
    const got = { path: request.url ?? '', authorization: request.headers.authorization, body };
    seen.push(got);
    respond(got, response);
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    seen,
    embedded: () =>
      seen.flatMap(({ path, body }) => (path === '/v1/embeddings' ? (body['input'] as unknown[]) : [])),
    reset(next = properly) {
      seen.length = 0;
      respond = next;
    },
  };
}

export function answer(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

/** Vectors by the first word of known topics; titles that say who gave them. */
export function properly(seen: SeenRequest, response: ServerResponse): void {
  if (seen.path === '/v1/embeddings') answer(response, embeddings(seen.body, vectorOf));
  else if (seen.path === '/v1/chat/completions') answer(response, chat(seen.body));
  else answer(response, { error: { message: 'no such route' } }, 404);
}

export function embeddings(body: SeenRequest['body'], vector: (text: string) => readonly number[]): object {
  const input = body['input'] as string[];
  const data = input.map((text, index) => ({
    index,
    embedding:
      body['encoding_format'] === 'base64'
        ? Buffer.from(Float32Array.from(vector(text)).buffer).toString('base64')
        : vector(text),
  }));
  return { data };
}

const topics = ['fox', 'lighthouse', 'castle'];

export function vectorOf(text: string): readonly number[] {
  const vector = [0, 0, 0, 0.05, (text.length % 7) / 100];
  const topic = topics.findIndex((word) => text.includes(word));
  if (topic >= 0) vector[topic] = 1;
  else vector[3] = 1;
  return vector;
}

export function chat(
  body: SeenRequest['body'],
  content = JSON.stringify({ title: 'By the model', keywords: ['asked'] }),
): object {
  return {
    id: 'chat-1',
    object: 'chat.completion',
    created: 1,
    model: body['model'],
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
    usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
  };
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
}
