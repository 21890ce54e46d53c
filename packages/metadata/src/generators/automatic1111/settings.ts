interface Entry {
  readonly key: string;
  readonly value: string;
  taken: boolean;
}

/** The settings of an infotext in their order; a key may occur more than once. */
export class Settings {
  readonly #entries: readonly Entry[];
  readonly #byKey: ReadonlyMap<string, readonly Entry[]>;
  #byLowerCase: ReadonlyMap<string, readonly Entry[]> | undefined;

  constructor(entries: readonly (readonly [key: string, value: string])[]) {
    this.#entries = entries.map(([key, value]) => ({ key, value, taken: false }));
    this.#byKey = grouped(this.#entries, (key) => key);
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

  #find(keys: readonly string[]): Entry | undefined {
    for (const key of keys) {
      const exact = firstLeft(this.#byKey.get(key));
      if (exact !== undefined) return exact;
    }
    this.#byLowerCase ??= grouped(this.#entries, (key) => key.toLowerCase());
    for (const key of keys) {
      const similar = firstLeft(this.#byLowerCase.get(key.toLowerCase()));
      if (similar !== undefined) return similar;
    }
    return undefined;
  }
}

function grouped(
  entries: readonly Entry[],
  keyOf: (key: string) => string,
): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(entry.key);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}

function firstLeft(entries: readonly Entry[] | undefined): Entry | undefined {
  return entries?.find(({ taken }) => !taken);
}
