const longestMessage = 500;

/**
 * What the error body of a provider says, in one line of up to 500 characters, whichever of the forms in use it has; of a
 * page of HTML the title. Empty where it says nothing.
 */
export function describeErrorBody(body: Uint8Array): string {
  const text = new TextDecoder().decode(body);
  const value = parsed(text);
  const message = value === undefined ? wordsOf(text) : messageIn(value);
  return message.replace(/\s+/g, ' ').trim().slice(0, longestMessage);
}

/** The codes by which providers name the reason: `insufficient_quota`, `Arrearage`, `RESOURCE_EXHAUSTED`. */
export function errorCodes(body: Uint8Array): readonly string[] {
  const error = errorIn(parsed(new TextDecoder().decode(body)));
  const fields = isRecord(error) ? [error['code'], error['type'], error['status']] : [];
  return fields.filter((field) => typeof field === 'string');
}

/**
 * The error in an answer, in any of the forms in use: `{ error: { message } }` (OpenAI, DashScope, Azure),
 * `{ error: "..." }` (Ollama, LM Studio, TEI), `[{ error }]` (Gemini), `{ object: "error", message }` (vLLM, Mistral).
 * Undefined in an answer that holds what was asked for.
 */
export function errorIn(answer: unknown): unknown {
  const body: unknown = Array.isArray(answer) ? answer[0] : answer;
  if (!isRecord(body) || Array.isArray(body['data']) || Array.isArray(body['choices'])) return undefined;
  if (body['error'] !== undefined && body['error'] !== null && body['error'] !== false) return body['error'];
  return body['object'] === 'error' ? body : undefined;
}

/** Beside those of `errorIn`: `message` (Azure, proxies), `detail` (FastAPI), `errors` (Cloudflare). */
function messageIn(answer: unknown): string {
  const error = errorIn(answer) ?? answer;
  if (typeof error === 'string') return error;
  if (Array.isArray(error)) return error.length === 0 ? '' : messageIn(error[0]);
  if (!isRecord(error)) return '';
  for (const field of ['message', 'msg', 'errorMessage', 'error_msg', 'detail', 'errors', 'error', 'title']) {
    const message = error[field];
    if (message === undefined || message === null || message === '') continue;
    return typeof message === 'string' ? message : messageIn(message) || JSON.stringify(message);
  }
  return JSON.stringify(error);
}

/** Of a page of HTML its title, which is the status of a proxy for the most part. */
function wordsOf(text: string): string {
  if (!/^\s*</.test(text)) return text;
  return /<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
