import { JsonLimitError, parseJson, type JsonLimits } from '@iib-kit/files';
import { ClusteringError } from '../clustering-error.ts';
import { describeErrorBody, errorIn } from './error-body.ts';
import { refusedAnswer } from './provider-error.ts';
import type { Provider } from './provider-options.ts';

/** How much of an answer is taken. */
export interface AnswerLimits extends JsonLimits {
  /** Bytes after decompression. */
  readonly bytes: number;
}

// Enough for any reason; a page of HTML may be longer.
const errorBytes = 64 * 1024;

/**
 * Sends JSON to a path of the provider and returns the JSON it answers. Redirects are not followed: they would take
 * prompts to an address that nobody set. Throws a ClusteringError, and what `fetch` throws.
 */
export async function postJson(
  provider: Provider,
  path: string,
  body: object,
  { limits, signal }: { limits: AnswerLimits; signal: AbortSignal },
): Promise<unknown> {
  const response = await fetch(addressOf(provider, path), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(provider.apiKey === '' ? {} : { authorization: `Bearer ${provider.apiKey}` }),
    },
    body: JSON.stringify(body),
    redirect: 'manual',
    signal,
  });
  if (!response.ok) {
    const { bytes } = await readUpTo(response, errorBytes);
    throw refusedAnswer(response, bytes);
  }
  const { bytes, isWhole } = await readUpTo(response, limits.bytes);
  if (!isWhole) throw unreadable(`it has more than ${limits.bytes} bytes`);
  const value = parse(bytes, limits);
  const error = errorIn(value);
  if (error === undefined) return value;
  throw refusedAnswer(response, bytes);
}

function addressOf({ baseURL }: Provider, path: string): URL {
  const address = new URL(baseURL);
  address.pathname = `${address.pathname.replace(/\/+$/, '')}/${path}`;
  return address;
}

async function readUpTo(response: Response, most: number): Promise<{ bytes: Uint8Array; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop cancels the rest.
    if (length > most) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, most), isWhole: length <= most };
}

function parse(bytes: Uint8Array, limits: JsonLimits): unknown {
  try {
    return parseJson(bytes, limits);
  } catch (cause) {
    if (cause instanceof JsonLimitError) throw unreadable(cause.message, cause);
    throw unreadable(
      `it is no JSON but begins ${JSON.stringify(describeErrorBody(bytes).slice(0, 80))}`,
      cause,
    );
  }
}

function unreadable(why: string, cause?: unknown): ClusteringError {
  return new ClusteringError('invalid-answer', `the model's answer cannot be read: ${why}`, { cause });
}
