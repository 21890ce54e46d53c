import { parseTolerantJson } from '../../json/parse-tolerant-json.ts';

export type SettingEntry = readonly [key: string, value: string];

const keyPattern = /[\p{L}\p{N}_][\p{L}\p{N}_ \-/()+&]{0,79}/uy;

/**
 * The settings on one line, read item by item: a value is a JSON string, a balanced JSON value
 * (writers leave `Hashes: {...}` unquoted), or bare text up to the comma before the next item.
 * Undefined when the line does not begin with a key and a colon.
 */
export function tokeniseSettings(line: string): SettingEntry[] | undefined {
  return colonAfterKey(line, 0) === undefined ? undefined : new Tokeniser(line).entries();
}

/** SD.Next of mid-2023 separates settings with bars. */
const pipes = /^[\w ]{1,40}: [^,|]{0,80} \| [\w ]{1,40}: /;
/** Lists that sloppy writers leave unquoted: what follows a comma in them is no flag. */
const listKey = /Values$/;
/** Braces that do not close cost a look at the whole rest of the line: few are tried. */
const maximumOpenBraces = 4;

/**
 * Whether `, Key: value` put after a line that was read as `settings` is read as one setting more,
 * and the others as they were. Where in doubt, false.
 */
export function takesOneMore(line: string, settings: readonly SettingEntry[]): boolean {
  const last = settings.at(-1);
  // A flag at the end may have been cut for its length.
  return last !== undefined && last[0] !== last[1] && !line.endsWith(',') && !pipes.test(line);
}

/** Where a quoted value begins that the text does not close. */
export function openString(text: string): number | undefined {
  if (!text.includes('"')) return undefined;
  const tokeniser = new Tokeniser(text);
  tokeniser.entries();
  return tokeniser.openString;
}

class Tokeniser {
  /** Where the first quoted value begins that does not close. */
  openString: number | undefined;
  readonly #line: string;
  readonly #separator: string;
  #openBraces = 0;
  /** Where the next item begins. */
  #at = 0;
  /** The colon of the item that begins there, when looking for the end of a value found it. */
  #colon: number | undefined;

  constructor(line: string) {
    this.#line = line;
    this.#separator = pipes.test(line) ? '|' : ',';
  }

  entries(): SettingEntry[] {
    const line = this.#line;
    const entries: SettingEntry[] = [];
    while (this.#at < line.length) {
      const start = this.#at;
      const colon = this.#colon ?? colonAfterKey(line, start);
      this.#colon = undefined;
      if (colon === undefined) {
        const flag = this.#segment(start);
        if (flag !== '') entries.push([flag, flag]);
        this.#at = skipBlanks(line, start + flag.length + 1);
        continue;
      }
      const key = line.slice(start, colon).trimEnd();
      this.#at = line[colon + 1] === ' ' ? colon + 2 : colon + 1;
      entries.push([key, this.#takeValue(key)]);
    }
    return entries;
  }

  #takeValue(key: string): string {
    const start = this.#at;
    const closed = this.#closedValue(start);
    const next = closed === undefined ? undefined : this.#nextItem(closed);
    if (closed === undefined || next === undefined) return this.#takeBareValue(key);
    this.#at = next;
    const raw = this.#line.slice(start, closed);
    return raw.startsWith('"') ? unquote(raw) : raw;
  }

  /** The end of a quoted string or balanced JSON value that begins here. */
  #closedValue(start: number): number | undefined {
    const first = this.#line[start];
    if (first === '"') {
      const end = endOfString(this.#line, start);
      if (end === undefined) this.openString ??= start;
      return end;
    }
    if ((first !== '{' && first !== '[') || this.#openBraces >= maximumOpenBraces) return undefined;
    const end = endOfBalanced(this.#line, start);
    if (end === undefined) this.#openBraces += 1;
    return end;
  }

  /** Past the separator that must follow a closed value, or undefined when something else does. */
  #nextItem(at: number): number | undefined {
    const after = skipBlanks(this.#line, at);
    if (after >= this.#line.length) return this.#line.length;
    return this.#line[after] === this.#separator ? skipBlanks(this.#line, after + 1) : undefined;
  }

  #takeBareValue(key: string): string {
    const line = this.#line;
    const start = this.#at;
    let comma = line.indexOf(this.#separator, start);
    while (comma >= 0) {
      const next = skipBlanks(line, comma + 1);
      this.#colon = colonAfterKey(line, next);
      if (this.#colon !== undefined || next >= line.length || this.#isFlag(key, next)) {
        this.#at = next;
        return line.slice(start, comma).trim();
      }
      comma = line.indexOf(this.#separator, comma + 1);
    }
    this.#at = line.length;
    return line.slice(start).trim();
  }

  #isFlag(previousKey: string, at: number): boolean {
    return !listKey.test(previousKey) && /^[A-Z][\w -]{2,40}$/.test(this.#segment(at));
  }

  #segment(at: number): string {
    const end = this.#line.indexOf(this.#separator, at);
    return (end < 0 ? this.#line.slice(at, at + 100) : this.#line.slice(at, end)).trimEnd();
  }
}

const maximumKeyLength = 80;
const opensKey = 1;
const continuesKey = 2;
/** What `keyPattern` says of each ASCII character: looking it up costs a tenth of matching. */
const asciiRoles = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return (
    (/[\p{L}\p{N}_]/u.test(character) ? opensKey : 0) |
    (/[\p{L}\p{N}_ \-/()+&]/u.test(character) ? continuesKey : 0)
  );
});
const colonCode = 58;

/** Where the colon after the key is that begins at this place. */
function colonAfterKey(line: string, start: number): number | undefined {
  let role = opensKey;
  for (let at = start; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code >= 128) return colonAfterMatch(line, start);
    if (code === colonCode) return at === start ? undefined : at;
    if (at - start >= maximumKeyLength || ((asciiRoles[code] ?? 0) & role) === 0) return undefined;
    role = continuesKey;
  }
  return undefined;
}

/** The same for any alphabet. */
function colonAfterMatch(line: string, start: number): number | undefined {
  keyPattern.lastIndex = start;
  const match = keyPattern.exec(line);
  if (match === null) return undefined;
  const colon = start + match[0].length;
  return line.charCodeAt(colon) === colonCode ? colon : undefined;
}

function skipBlanks(line: string, start: number): number {
  let at = start;
  while (line[at] === ' ') at += 1;
  return at;
}

/** Past the quotation mark that closes the string which begins here. */
export function endOfString(line: string, start: number): number | undefined {
  for (let at = start + 1; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '"') return at + 1;
  }
  return undefined;
}

/** Past the bracket that closes the one which is here. */
export function endOfBalanced(line: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < line.length; at += 1) {
    const character = line[at];
    if (character === '"') {
      const end = endOfString(line, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    // Line breaks that were not escaped.
    const text = parseTolerantJson(quoted);
    return typeof text === 'string' ? text : quoted;
  }
}

/** Whether `key: value` with this key is read as such. */
export function isSettingKey(key: string): boolean {
  keyPattern.lastIndex = 0;
  return keyPattern.exec(key)?.[0] === key && key === key.trim();
}

/** A value as the reference writer prints it: as JSON when it holds a comma, colon or line break. */
export function quoteSetting(value: string): string {
  return /[,:\n\r]/.test(value) || /^["{[]/.test(value) || value !== value.trim()
    ? JSON.stringify(value)
    : value;
}
