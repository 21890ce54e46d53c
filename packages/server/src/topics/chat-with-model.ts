import { Readable } from 'node:stream';

import type { AiSettings } from './ai-settings.ts';
import { Refusal } from '../ports/refusal.ts';
import { requireProvider } from './embedding-source.ts';
import { withoutKey } from './provider-refusal.ts';

const OPENAI_URL = 'https://api.openai.com/v1';

/** Longest answer that is passed on, in bytes. */
const MAX_ANSWER = 16 * 1024 * 1024;

export interface ChatRequest {
  readonly messages: readonly object[];
  readonly model?: string | undefined;
  readonly temperature: number;
  readonly maxTokens?: number | undefined;
  readonly stream: boolean;
}

/** What the provider answers: a JSON value, or server-sent events as they come. */
export type ChatAnswer = { readonly json: unknown } | { readonly events: Readable };

/**
 * Passes a chat to the provider and its answer back. Throws a `Refusal` without a provider, and for what it refuses and
 * fails to do.
 */
export async function chatWithModel(
  { maxTokens, ...request }: ChatRequest,
  signal: AbortSignal,
  ai: AiSettings,
): Promise<ChatAnswer> {
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
      // Omitted fields stay omitted: some providers refuse even null.
      body: JSON.stringify({ ...request, max_tokens: maxTokens, model: request.model ?? ai.chatModel }),
      signal: limit.signal,
    });
    if (!response.ok) throw await refusal(response, ai);
    const isStream = (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
    if (request.stream && isStream)
      return { events: Readable.from(passedOn(response, limit), { objectMode: false }) };
    const body = await readAll(response);
    limit.end();
    return { json: parse(body) };
  } catch (error) {
    limit.end();
    throw limit.explain(error);
  }
}

/** Aborts when the provider sends nothing for too long, and when the client disconnects. */
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

  /** Restarts the timeout. */
  renew(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#client.removeEventListener('abort', this.#leave);
  }

  explain(error: unknown): unknown {
    if (error instanceof Refusal) return error;
    if (this.#client.aborted) return this.#client.reason;
    if (this.#isLate) return new Refusal('provider-late', { milliseconds: this.#milliseconds });
    return new Refusal('provider-unreachable', {}, { cause: error });
  }
}

/** Ends with an error event where the provider breaks off: by then the status has been sent. */
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

function unreadable(): Refusal {
  return new Refusal('provider-unintelligible', {});
}

/** A 401 of the provider is not passed on as 401: callers would take their own key for wrong. */
async function refusal(response: Response, ai: AiSettings): Promise<Refusal> {
  const { status } = response;
  const said = withoutKey(messageIn(await readAll(response).catch(() => '')), ai);
  const why = said === '' ? `${status}` : `${status}: ${said}`;
  if (status === 429) {
    const retryAfter = response.headers.get('retry-after') ?? undefined;
    return new Refusal('provider-overloaded', { why, retryAfter });
  }
  if (status === 408 || status === 504) return new Refusal('provider-timed-out', { why });
  const isOurs = [400, 404, 413, 422].includes(status);
  return new Refusal(isOurs ? 'provider-rejected' : 'provider-failed', { why });
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
