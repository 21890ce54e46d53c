/** The settings of an infotext in their order; a key may occur more than once. */
export class Settings {
  #entries: (readonly [key: string, value: string])[];

  constructor(entries: readonly (readonly [key: string, value: string])[]) {
    this.#entries = [...entries];
  }

  /** The first value under one of the keys, exact spelling first, then any case. */
  get(...keys: string[]): string | undefined {
    return this.#find(keys)?.[1];
  }

  has(...keys: string[]): boolean {
    return this.#find(keys) !== undefined;
  }

  /** Like `get`, and removes the entry, so that what is left is what nobody asked for. */
  take(...keys: string[]): string | undefined {
    const entry = this.#find(keys);
    if (entry === undefined) return undefined;
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    return entry[1];
  }

  /** Removes and returns every entry whose key matches, in order. */
  takeMatching(pattern: RegExp): (readonly [key: string, value: string])[] {
    const taken = this.#entries.filter(([key]) => pattern.test(key));
    this.#entries = this.#entries.filter(([key]) => !pattern.test(key));
    return taken;
  }

  /** What is left as a record; the second `TE` is called `TE 2`, and so on. */
  rest(): Record<string, string> {
    const record = new Map<string, string>();
    const copies = new Map<string, number>();
    for (const [key, value] of this.#entries) {
      const copy = (copies.get(key) ?? 0) + 1;
      copies.set(key, copy);
      record.set(copy === 1 ? key : `${key} ${copy}`, value);
    }
    return Object.fromEntries(record);
  }

  #find(keys: readonly string[]): readonly [string, string] | undefined {
    for (const key of keys) {
      const exact = this.#entries.find(([name]) => name === key);
      if (exact !== undefined) return exact;
    }
    const lower = new Set(keys.map((key) => key.toLowerCase()));
    return this.#entries.find(([name]) => lower.has(name.toLowerCase()));
  }
}
