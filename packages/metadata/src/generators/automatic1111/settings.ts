import { remember } from '../../text/remember.ts';
import type { SettingEntry } from './tokenise-settings.ts';

/** The settings of an infotext in their order; a key may occur more than once. */
export class Settings {
  readonly #entries: readonly SettingEntry[];
  // Typed: whether a list has members would otherwise change its form, and the compiled code with it.
  readonly #taken: Uint8Array;
  /** The first entry of each key, in lower case; those of the same key follow by `#next`. */
  readonly #first = new Map<string, number>();
  readonly #next: Int32Array;
  /** What `markOf` says of all keys: most that are asked for are none of them. */
  #marks = 0;

  constructor(entries: readonly SettingEntry[]) {
    this.#entries = entries;
    this.#taken = new Uint8Array(entries.length);
    this.#next = new Int32Array(entries.length);
    // Backwards, so that each entry is put before those of its key that come later.
    for (let at = entries.length - 1; at >= 0; at -= 1) {
      const key = lowerCase(entries[at]?.[0] ?? '');
      this.#next[at] = this.#first.get(key) ?? none;
      this.#first.set(key, at);
      this.#marks |= markOf(key);
    }
  }

  /** The first value under one of the keys, exact spelling first, then any case. */
  get(...keys: string[]): string | undefined {
    return this.#entries[this.#find(keys)]?.[1];
  }

  has(...keys: string[]): boolean {
    return this.#find(keys) !== none;
  }

  /** Like `get`, and removes the entry, so that what is left is what nobody asked for. */
  take(...keys: string[]): string | undefined {
    const at = this.#find(keys);
    if (at === none) return undefined;
    this.#taken[at] = 1;
    return this.#entries[at]?.[1];
  }

  /** Removes and returns every entry whose key matches, in order. */
  takeMatching(pattern: RegExp): SettingEntry[] {
    return this.#entries.filter(([key], at) => {
      if (this.#taken[at] === 1 || !pattern.test(key)) return false;
      this.#taken[at] = 1;
      return true;
    });
  }

  /** What is left as a record; the second `TE` is called `TE 2`, and so on. */
  rest(): Record<string, string> {
    const left: SettingEntry[] = [];
    for (let at = 0; at < this.#entries.length; at += 1) {
      const entry = this.#entries[at];
      if (entry !== undefined && this.#taken[at] !== 1) left.push(entry);
    }
    if (this.#first.size === this.#entries.length) return Object.fromEntries(left);
    const copies = new Map<string, number>();
    const record = left.map(([key, value]): SettingEntry => {
      const copy = (copies.get(key) ?? 0) + 1;
      copies.set(key, copy);
      return [copy === 1 ? key : `${key} ${copy}`, value];
    });
    return Object.fromEntries(record);
  }

  #find(keys: readonly string[]): number {
    let similar = none;
    for (const key of keys) {
      if ((this.#marks & markOf(key)) === 0) continue;
      let at = this.#first.get(lowerCase(key)) ?? none;
      for (; at !== none; at = this.#next[at] ?? none) {
        if (this.#taken[at] === 1) continue;
        if (this.#entries[at]?.[0] === key) return at;
        if (similar === none) similar = at;
      }
    }
    return similar;
  }
}

const none = -1;

/** One of 32 bits by what does not depend on case in the keys that are asked for: their length, and where they begin. */
function markOf(key: string): number {
  return 1 << ((key.length + 5 * (key.charCodeAt(0) | 0x20)) & 31);
}

const lowerCase = remember((key) => key.toLowerCase());
