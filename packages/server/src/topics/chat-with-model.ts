import { Readable } from 'node:stream';

import type { AiSettings } from '../service/ai-options.ts';
import { HttpError, type HttpErrorStatus } from '../http/http-error.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import { text } from '../ports/text.ts';
import { requireProvider } from './embedding-source.ts';
import { withoutKey } from './provider-refusal.ts';

const OPENAI_URL = 'https://api.openai.com/v1';

/** Longest answer that is passed on, in bytes. */
const MAX_ANSWER = 16 * 1024 * 1024;

export interface ChatRequest {
  readonly messages: readonly object[];
  readonly model?: string | undefined;
  readonly temperature: number;
  readonly max_tokens?: number | undefined;
  readonly stream: boolean;
}

/**
 * Passes a chat to the provider and its answer back: JSON, or server-sent events as they come. Throws `HttpError`: 400
 * without a provider and for what it refuses, 429, 502 and 504 for its failures.
 */
export async function chatWithModel(
  request: ChatRequest,
  signal: AbortSignal,
  ai: AiSettings,
): Promise<Reply> {
  requireProvider(ai);
  const limit = new Limit(ai.timeoutMs, signal);
  let response: Response;
  try {
    response = await fetch(`${(ai.baseUrl ?? OPENAI_URL).replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(ai.apiKey === undefined ? {} : { authorization: `Bearer ${ai.apiKey}` }),
      },
      // What is left out is left to the provider: some refuse even null.
      body: JSON.stringify({ ...request, model: request.model ?? ai.chatModel }),
      signal: limit.signal,
    });
    if (!response.ok) throw await refusal(response, ai);
    const isStream = (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
    if (request.stream && isStream) return eventReply(response, limit);
    const body = await readAll(response);
    limit.end();
    return jsonReply(parse(body));
  } catch (error) {
    limit.end();
    throw limit.explain(error);
  }
}

/** The time that the provider may be silent, and the client's going. */
class Limit {
  readonly #controller = new AbortController();
  readonly #leave: () => void;
  readonly #client: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #milliseconds: number;
  #isLate = false;

  constructor(milliseconds: number, client: AbortSignal) {
    this.#client = client;
    this.#milliseconds = milliseconds;
    this.#leave = () => this.#controller.abort(client.reason);
    this.#timer = setTimeout(() => {
      this.#isLate = true;
      this.#controller.abort();
    }, milliseconds);
    if (client.aborted) this.#leave();
    else client.addEventListener('abort', this.#leave, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Counts from now again. */
  renew(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#client.removeEventListener('abort', this.#leave);
  }

  explain(error: unknown): unknown {
    if (error instanceof HttpError) return error;
    if (this.#client.aborted) return this.#client.reason;
    if (this.#isLate) {
      return new HttpError(
        504,
        text(
          `the model's provider did not answer within ${this.#milliseconds} ms`,
          `模型服务在 ${this.#milliseconds} 毫秒内没有应答`,
        ),
      );
    }
    return new HttpError(502, text("the model's provider cannot be reached", '无法连接模型服务'), {
      cause: error,
    });
  }
}

function eventReply(response: Response, limit: Limit): Reply {
  return {
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
    body: Readable.from(passedOn(response, limit), { objectMode: false }),
  };
}

/** Ends with an event of its own where the provider breaks off, as the status is sent by then. */
async function* passedOn(response: Response, limit: Limit): AsyncGenerator<Uint8Array | string> {
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      limit.renew();
      yield chunk;
    }
  } catch (error) {
    const { message } = limit.explain(error) as Error;
    yield `\n\ndata: ${JSON.stringify({ error: { message } })}\n\n`;
  } finally {
    limit.end();
  }
}

async function readAll(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > MAX_ANSWER) throw unreadable();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw unreadable();
  }
}

function unreadable(): HttpError {
  return new HttpError(
    502,
    text("the model's provider gave an answer that cannot be read", '模型服务的应答无法读取'),
  );
}

/** The provider's 401 is no 401 of ours: callers would think that their key is wrong. */
async function refusal(response: Response, ai: AiSettings): Promise<HttpError> {
  const { status } = response;
  const said = withoutKey(messageIn(await readAll(response).catch(() => '')), ai);
  const why = said === '' ? `${status}` : `${status}: ${said}`;
  const detail = text(`the model's provider answered ${why}`, `模型服务应答 ${why}`);
  const after = response.headers.get('retry-after');
  return new HttpError(statusFor(status), detail, {
    headers: status === 429 && after !== null ? { 'retry-after': after } : {},
  });
}

function statusFor(status: number): HttpErrorStatus {
  if (status === 429) return 429;
  if (status === 408 || status === 504) return 504;
  return [400, 404, 413, 422].includes(status) ? 400 : 502;
}

const MAX_MESSAGE = 1000;

function messageIn(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: { message?: unknown } | string };
    const message = typeof error === 'string' ? error : error?.message;
    return typeof message === 'string' ? message.slice(0, MAX_MESSAGE) : '';
  } catch {
    return '';
  }
}
