import { Readable } from 'node:stream';

import { describeErrorBody } from '@iib-kit/clustering/openai';
import { parseJson } from '@iib-kit/files';

import type { AiSettings } from './ai-settings.ts';
import { Refusal } from '../ports/refusal.ts';
import { requireProvider } from './embedding-source.ts';
import { withoutKey } from './provider-refusal.ts';

const OPENAI_URL = 'https://api.openai.com/v1';

/** Longest answer that is passed on, in bytes. */
const MAX_ANSWER = 16 * 1024 * 1024;

/** What an answer in one piece may hold; with fewer values it is parsed within a tenth of a second. */
const ANSWER_LIMITS = { depth: 64, values: 100_000 };

/** Enough for any reason. */
const MAX_ERROR_BODY = 64 * 1024;

/** A stream may take that many times as long as an answer in one piece. */
const STREAM_PATIENCE = 10;

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
      // Followed, a redirect would take prompts to an address that nobody set.
      redirect: 'manual',
      signal: limit.signal,
    });
    if (!response.ok) throw await refusal(response, ai);
    const isStream = (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
    if (request.stream && isStream)
      return { events: Readable.from(passedOn(response, limit), { objectMode: false }) };
    const { bytes, isWhole } = await readUpTo(response, MAX_ANSWER);
    limit.end();
    if (!isWhole) throw new Refusal('provider-unintelligible', {});
    return { json: parse(bytes) };
  } catch (error) {
    limit.end();
    throw limit.explain(error);
  }
}

/** Aborts when the provider sends nothing for too long or takes too long in all, and when the client disconnects. */
class Limit {
  readonly #controller = new AbortController();
  readonly #leave: () => void;
  readonly #client: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #whole: NodeJS.Timeout;
  readonly #milliseconds: number;
  #isLate = false;

  constructor(milliseconds: number, client: AbortSignal) {
    this.#client = client;
    this.#milliseconds = milliseconds;
    this.#leave = () => this.#controller.abort(client.reason);
    const late = () => {
      this.#isLate = true;
      this.#controller.abort();
    };
    this.#timer = setTimeout(late, milliseconds);
    this.#whole = setTimeout(late, milliseconds * STREAM_PATIENCE);
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
    clearTimeout(this.#whole);
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
  let length = 0;
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      limit.renew();
      length += chunk.length;
      if (length > MAX_ANSWER) throw new Refusal('provider-unintelligible', {});
      yield chunk;
    }
  } catch (error) {
    const { message } = limit.explain(error) as Error;
    yield `\n\ndata: ${JSON.stringify({ error: { message } })}\n\n`;
  } finally {
    limit.end();
  }
}

/** The first bytes of an answer; what follows them is not read. */
async function readUpTo(response: Response, most: number): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, most), isWhole: length <= most };
}

function parse(body: Buffer): unknown {
  try {
    return parseJson(body, ANSWER_LIMITS);
  } catch (cause) {
    throw new Refusal('provider-unintelligible', {}, { cause });
  }
}

/** A 401 of the provider is not passed on as 401: callers would take their own key for wrong. */
async function refusal(response: Response, ai: AiSettings): Promise<Refusal> {
  const { status } = response;
  const said = withoutKey(await reasonIn(response), ai);
  const why = said === '' ? `${status}` : `${status}: ${said}`;
  if (status === 429) {
    const retryAfter = response.headers.get('retry-after') ?? undefined;
    return new Refusal('provider-overloaded', { why, retryAfter });
  }
  if (status === 408 || status === 504) return new Refusal('provider-timed-out', { why });
  const isOurs = [400, 404, 413, 422].includes(status);
  return new Refusal(isOurs ? 'provider-rejected' : 'provider-failed', { why });
}

async function reasonIn(response: Response): Promise<string> {
  if (response.status < 400) return 'redirects are not followed; set ai.baseUrl to the address that it means';
  const { bytes } = await readUpTo(response, MAX_ERROR_BODY).catch(() => ({ bytes: Buffer.alloc(0) }));
  return describeErrorBody(bytes);
}
