/** What a JSON text may hold. Its bytes are for the caller to bound, before they are in memory. */
export interface JsonLimits {
  /** Lists and objects inside each other. */
  readonly depth: number;
  /** Values of any kind, the whole text included. */
  readonly values: number;
}

/** A JSON text holds more than it may. */
export class JsonLimitError extends Error {
  override readonly name = 'JsonLimitError';
  readonly limit: keyof JsonLimits;

  constructor(limit: keyof JsonLimits, message: string) {
    super(message);
    this.limit = limit;
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENERS = new Set([0x5b, 0x7b]);
const CLOSERS = new Set([0x5d, 0x7d]);

/**
 * The value of a JSON text in UTF-8. Throws a {@link JsonLimitError} before it is parsed where it is too deep or has too
 * many values: a mebibyte of brackets takes `JSON.parse` a tenth of a second, four take one. Throws what `JSON.parse`
 * and `TextDecoder` throw where it is no JSON or not in UTF-8.
 */
export function parseJson(bytes: Uint8Array, limits: JsonLimits): unknown {
  checkStructure(bytes, limits);
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

/** Counts on bytes: no byte of a longer UTF-8 sequence is below 0x80. */
function checkStructure(bytes: Uint8Array, { depth, values }: JsonLimits): void {
  let open = 0;
  let counted = 1;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(bytes, at + 1);
      continue;
    }
    if (byte < COMMA) continue;
    if (byte === COMMA) counted++;
    else if (OPENERS.has(byte)) {
      counted++;
      if (++open > depth) throw new JsonLimitError('depth', `JSON can be at most ${depth} levels deep`);
    } else if (CLOSERS.has(byte)) open--;
    if (counted > values) throw new JsonLimitError('values', `JSON can hold at most ${values} values`);
  }
}

/** The position of the quote that ends a string, or the end of the text. */
function endOfString(bytes: Uint8Array, start: number): number {
  // What comes before the first escape is most of a body, and searched natively.
  const quote = bytes.indexOf(QUOTE, start);
  if (quote === -1) return bytes.length;
  if (bytes[quote - 1] !== BACKSLASH) return quote;
  const { length } = bytes;
  let at = bytes.indexOf(BACKSLASH, start);
  while (at < length) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    at += byte === BACKSLASH ? 2 : 1;
  }
  return length;
}
