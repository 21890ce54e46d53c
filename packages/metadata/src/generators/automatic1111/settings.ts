import type { SettingEntry } from './tokenise-settings.ts';

/** The settings of an infotext in their order; a key may occur more than once. */
export class Settings {
  readonly #entries: readonly SettingEntry[];
  // Typed: whether a list has members would otherwise change its form, and the compiled code with it.
  readonly #taken: Uint8Array;
  /** The first entry of each key, in lower case; those of the same key follow by `#next`. */
  readonly #first = new Map<string, number>();
  readonly #next: Int32Array;

  constructor(entries: readonly SettingEntry[]) {
    this.#entries = entries;
    this.#taken = new Uint8Array(entries.length);
    this.#next = new Int32Array(entries.length);
    // Backwards, so that each entry is put before those of its key that come later.
    for (let at = entries.length - 1; at >= 0; at -= 1) {
      const key = lowerCase(entries[at]?.[0] ?? '');
      this.#next[at] = this.#first.get(key) ?? none;
      this.#first.set(key, at);
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
    const record: [key: string, value: string][] = [];
    const copies = new Map<string, number>();
    for (const [at, [key, value]] of this.#entries.entries()) {
      if (this.#taken[at] === 1) continue;
      const copy = (copies.get(key) ?? 0) + 1;
      copies.set(key, copy);
      record.push([copy === 1 ? key : `${key} ${copy}`, value]);
    }
    return Object.fromEntries(record);
  }

  /** Most keys that are asked for are on no line: that costs one look each. */
  #find(keys: readonly string[]): number {
    let similar = none;
    for (const key of keys) {
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

// The same few keys come with every file: changing their case anew would be most of the work here.
const lowered = new Map<string, string>();
const maximumLowered = 500;

function lowerCase(key: string): string {
  const known = lowered.get(key);
  if (known !== undefined) return known;
  const lower = key.toLowerCase();
  if (lowered.size >= maximumLowered) lowered.clear();
  lowered.set(key, lower);
  return lower;
}
