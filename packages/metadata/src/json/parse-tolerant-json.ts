import type { JsonValue } from './json-value.ts';

/** Deepest nesting that is read; real graphs stay below 30. */
export const maximumJsonDepth = 256;

/**
 * Reads JSON as generators write it: a byte order mark, surrounding blanks, trailing NUL bytes,
 * bare line breaks inside strings, trailing commas, `NaN`, `Infinity` and `-Infinity` are accepted,
 * and integers beyond 2^53 come as `bigint` so that a seed keeps all its digits.
 * Undefined when the text is not JSON or nests deeper than `maximumJsonDepth`.
 */
export function parseTolerantJson(text: string): JsonValue | undefined {
  const parser = new TolerantParser(text);
  try {
    return parser.document();
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

/**
 * Like `parseTolerantJson`, and unwraps JSON that was stringified again, up to three times, which
 * happens where a text was passed through one more `JSON.stringify` on its way into the file.
 */
export function parseNestedJson(text: string): JsonValue | undefined {
  let value = parseTolerantJson(text);
  for (let layer = 0; layer < 3 && typeof value === 'string'; layer += 1) {
    const inner = parseTolerantJson(value);
    if (inner === undefined) break;
    value = inner;
  }
  return value;
}

/** Whether the text can be a JSON object or array: a look at its first character. */
export function looksLikeJson(text: string): boolean {
  return /^[\uFEFF\s]*(?:[[{]|"\s*(?:\\n|\\t|\s)*[[{])/.test(text);
}

class NotJson extends Error {}
/** One for all: most texts of a file are no JSON, and a stack trace for each would cost the most. */
const notJson = new NotJson();

const shortString = 32;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const fullStop = 0x2e;
const exponentMark = 0x65;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const words: readonly (readonly [string, JsonValue])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

/**
 * Objects that inherit nothing. `Object.create(null)` gives such objects too, but in the form that
 * engines use for dictionaries: several times slower to fill and to collect.
 */
const Bare = function bare() {} as unknown as new () => Record<string, JsonValue>;
Bare.prototype = Object.create(null);

class TolerantParser {
  readonly #text: string;
  readonly #number = /-?\d+(\.\d*)?([eE][+-]?\d+)?/y;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonValue {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1;
    const value = this.#value(0);
    this.#skipBlanks();
    while (this.#text.charCodeAt(this.#at) === 0) this.#at += 1;
    if (this.#at < this.#text.length) throw notJson;
    return value;
  }

  #value(depth: number): JsonValue {
    if (depth > maximumJsonDepth) throw notJson;
    const code = this.#skipBlanks();
    if (code === quote) return this.#string();
    if (code === openBrace) return this.#object(depth);
    if (code === openBracket) return this.#array(depth);
    const short = this.#shortInteger();
    if (short !== undefined) return short;
    const word = this.#word();
    return word === undefined ? this.#numeral() : word;
  }

  #object(depth: number): JsonValue {
    const members: Record<string, JsonValue> = new Bare();
    this.#at += 1;
    while (!this.#ends(closeBrace)) {
      if (this.#text.charCodeAt(this.#at) !== quote) throw notJson;
      const key = this.#string();
      if (this.#skipBlanks() !== colon) throw notJson;
      this.#at += 1;
      members[key] = this.#value(depth + 1);
      this.#separator(closeBrace);
    }
    return members;
  }

  #array(depth: number): JsonValue {
    const elements: JsonValue[] = [];
    this.#at += 1;
    while (!this.#ends(closeBracket)) {
      elements.push(this.#value(depth + 1));
      this.#separator(closeBracket);
    }
    return elements;
  }

  #ends(bracket: number): boolean {
    if (this.#skipBlanks() !== bracket) return false;
    this.#at += 1;
    return true;
  }

  #separator(bracket: number): void {
    const code = this.#skipBlanks();
    if (code === comma) this.#at += 1;
    else if (code !== bracket) throw notJson;
  }

  #string(): string {
    const start = this.#at + 1;
    for (let end = start; end < start + shortString; end += 1) {
      const code = this.#text.charCodeAt(end);
      if (code === quote) {
        this.#at = end + 1;
        return this.#text.slice(start, end);
      }
      if (code === backslash) return this.#escapedString(start);
    }
    return this.#longString(start);
  }

  /** Most names are short, and found faster than the search begins that finds the end of a prompt. */
  #longString(start: number): string {
    const end = this.#text.indexOf('"', start + shortString);
    if (end < 0) throw notJson;
    const text = this.#text.slice(start, end);
    if (text.includes('\\')) return this.#escapedString(start);
    this.#at = end + 1;
    return text;
  }

  #escapedString(start: number): string {
    let result = '';
    let from = start;
    for (let at = start; ; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (Number.isNaN(code)) throw notJson;
      if (code === quote) {
        this.#at = at + 1;
        return result + this.#text.slice(from, at);
      }
      if (code !== backslash) continue;
      result += this.#text.slice(from, at) + this.#escape(at + 1);
      at += this.#text[at + 1] === 'u' ? 5 : 1;
      from = at + 1;
    }
  }

  #escape(at: number): string {
    const letter = this.#text[at] ?? '';
    if (letter !== 'u') {
      const plain = escapes[letter];
      if (plain === undefined) throw notJson;
      return plain;
    }
    const digits = this.#text.slice(at + 1, at + 5);
    if (!/^[\da-fA-F]{4}$/.test(digits)) throw notJson;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #word(): JsonValue | undefined {
    for (const [word, value] of words) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    return undefined;
  }

  #numeral(): number | bigint {
    this.#number.lastIndex = this.#at;
    const match = this.#number.exec(this.#text);
    if (match === null) throw notJson;
    const [digits, fraction, exponent] = match;
    this.#at += digits.length;
    const value = Number(digits);
    const isExact = fraction !== undefined || exponent !== undefined || Number.isSafeInteger(value);
    // A file cannot make us do arithmetic on megabytes of digits: past this, the value is rounded.
    return isExact || digits.length > 100 ? value : BigInt(digits);
  }

  /** An integer of up to 15 digits, which most numbers of a graph are. */
  #shortInteger(): number | undefined {
    let value = 0;
    let at = this.#at;
    for (; at < this.#at + 16; at += 1) {
      const digit = this.#text.charCodeAt(at) - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    if (at === this.#at || at === this.#at + 16) return undefined;
    const next = this.#text.charCodeAt(at);
    if (next === fullStop || next === exponentMark || next === exponentMark - 0x20) return undefined;
    this.#at = at;
    return value;
  }

  /** The character after them; NaN at the end. */
  #skipBlanks(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
      this.#at += 1;
    }
  }
}
