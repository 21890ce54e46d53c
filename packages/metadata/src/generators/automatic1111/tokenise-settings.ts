export type SettingEntry = readonly [key: string, value: string];

const keyPattern = /[\p{L}\p{N}_][\p{L}\p{N}_ \-/()+&]{0,79}/uy;

/**
 * The settings on one line, read item by item: a value is a JSON string, a balanced JSON value
 * (writers leave `Hashes: {...}` unquoted), or bare text up to the comma before the next item.
 * Undefined when the line does not begin with a key and a colon.
 */
export function tokeniseSettings(line: string): SettingEntry[] | undefined {
  const tokeniser = new Tokeniser(line);
  return keyAt(line, 0) === undefined ? undefined : tokeniser.entries();
}

/** SD.Next of mid-2023 separates settings with bars. */
const pipes = /^[\w ]{1,40}: [^,|]{0,80} \| [\w ]{1,40}: /;
/** Lists that sloppy writers leave unquoted: what follows a comma in them is no flag. */
const listKey = /Values$/;
/** Braces that do not close cost a look at the whole rest of the line: few are tried. */
const maximumOpenBraces = 4;

interface Value {
  readonly value: string;
  /** Where the next item begins. */
  readonly end: number;
}

class Tokeniser {
  readonly #line: string;
  readonly #separator: string;
  #openBraces = 0;

  constructor(line: string) {
    this.#line = line;
    this.#separator = pipes.test(line) ? '|' : ',';
  }

  entries(): SettingEntry[] {
    const entries: SettingEntry[] = [];
    let at = 0;
    while (at < this.#line.length) {
      const key = keyAt(this.#line, at);
      if (key === undefined) {
        const flag = this.#segment(at);
        entries.push([flag, flag]);
        at = skipBlanks(this.#line, at + flag.length + 1);
        continue;
      }
      const { value, end } = this.#value(key.name, key.end);
      entries.push([key.name, value]);
      at = end;
    }
    return entries.filter(([key]) => key !== '');
  }

  #value(key: string, start: number): Value {
    const closed = this.#closedValue(start);
    const next = closed === undefined ? undefined : this.#nextItem(closed);
    if (closed === undefined || next === undefined) return this.#bareValue(key, start);
    const raw = this.#line.slice(start, closed);
    return { value: raw.startsWith('"') ? unquote(raw) : raw, end: next };
  }

  /** The end of a quoted string or balanced JSON value that begins here. */
  #closedValue(start: number): number | undefined {
    const first = this.#line[start];
    if (first === '"') return endOfString(this.#line, start);
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

  #bareValue(key: string, start: number): Value {
    let comma = this.#line.indexOf(this.#separator, start);
    while (comma >= 0) {
      const next = skipBlanks(this.#line, comma + 1);
      if (this.#isItem(key, next)) {
        return { value: this.#line.slice(start, comma).trim(), end: next };
      }
      comma = this.#line.indexOf(this.#separator, comma + 1);
    }
    return { value: this.#line.slice(start).trim(), end: this.#line.length };
  }

  #isItem(previousKey: string, at: number): boolean {
    if (at >= this.#line.length || keyAt(this.#line, at) !== undefined) return true;
    return !listKey.test(previousKey) && /^[A-Z][\w -]{2,40}$/.test(this.#segment(at));
  }

  #segment(at: number): string {
    const end = this.#line.indexOf(this.#separator, at);
    return (end < 0 ? this.#line.slice(at, at + 100) : this.#line.slice(at, end)).trimEnd();
  }
}

/** A key at this place that a colon follows. */
function keyAt(line: string, start: number): { name: string; end: number } | undefined {
  keyPattern.lastIndex = start;
  const match = keyPattern.exec(line);
  if (match === null) return undefined;
  const colon = start + match[0].length;
  if (line[colon] !== ':') return undefined;
  const end = line[colon + 1] === ' ' ? colon + 2 : colon + 1;
  return { name: match[0].trimEnd(), end };
}

function skipBlanks(line: string, start: number): number {
  let at = start;
  while (line[at] === ' ') at += 1;
  return at;
}

function endOfString(line: string, start: number): number | undefined {
  for (let at = start + 1; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '"') return at + 1;
  }
  return undefined;
}

function endOfBalanced(line: string, start: number): number | undefined {
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
    return quoted;
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
