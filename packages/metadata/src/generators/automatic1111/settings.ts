interface Entry {
  readonly key: string;
  readonly value: string;
  taken: boolean;
}

/** The settings of an infotext in their order; a key may occur more than once. */
export class Settings {
  readonly #entries: readonly Entry[];
  readonly #similar = new Map<string, Entry[]>();

  constructor(entries: readonly (readonly [key: string, value: string])[]) {
    this.#entries = entries.map(([key, value]) => ({ key, value, taken: false }));
    for (const entry of this.#entries) {
      const key = entry.key.toLowerCase();
      const group = this.#similar.get(key);
      if (group === undefined) this.#similar.set(key, [entry]);
      else group.push(entry);
    }
  }

  /** The first value under one of the keys, exact spelling first, then any case. */
  get(...keys: string[]): string | undefined {
    return this.#find(keys)?.value;
  }

  has(...keys: string[]): boolean {
    return this.#find(keys) !== undefined;
  }

  /** Like `get`, and removes the entry, so that what is left is what nobody asked for. */
  take(...keys: string[]): string | undefined {
    const entry = this.#find(keys);
    if (entry !== undefined) entry.taken = true;
    return entry?.value;
  }

  /** Removes and returns every entry whose key matches, in order. */
  takeMatching(pattern: RegExp): (readonly [key: string, value: string])[] {
    const matching = this.#entries.filter(({ key, taken }) => !taken && pattern.test(key));
    for (const entry of matching) entry.taken = true;
    return matching.map(({ key, value }) => [key, value]);
  }

  /** What is left as a record; the second `TE` is called `TE 2`, and so on. */
  rest(): Record<string, string> {
    const record = new Map<string, string>();
    const copies = new Map<string, number>();
    for (const { key, value, taken } of this.#entries) {
      if (taken) continue;
      const copy = (copies.get(key) ?? 0) + 1;
      copies.set(key, copy);
      record.set(copy === 1 ? key : `${key} ${copy}`, value);
    }
    return Object.fromEntries(record);
  }

  /** Most keys that are asked for are on no line: that costs one look each. */
  #find(keys: readonly string[]): Entry | undefined {
    let similar: Entry | undefined;
    for (const key of keys) {
      for (const entry of this.#similar.get(key.toLowerCase()) ?? []) {
        if (entry.taken) continue;
        if (entry.key === key) return entry;
        similar ??= entry;
      }
    }
    return similar;
  }
}
