interface Entry {
  readonly data: Buffer;
  readonly setAt: number;
}

/** Keeps byte arrays up to a sum of bytes; those that were used longest ago go first. */
export class RecentBytes {
  readonly #entries = new Map<string, Entry>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(key: string): Buffer | undefined {
    const entry = this.#entries.get(key);
    if (entry) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry?.data;
  }

  /** Whether an entry was set longer ago than so many milliseconds. */
  isLongAgo(key: string, milliseconds: number): boolean {
    const setAt = this.#entries.get(key)?.setAt;
    return setAt !== undefined && Date.now() - setAt > milliseconds;
  }

  set(key: string, data: Buffer): void {
    this.#delete(key);
    this.#entries.set(key, { data, setAt: Date.now() });
    this.#bytes += data.byteLength;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#delete(oldest);
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  #delete(key: string): void {
    this.#bytes -= this.#entries.get(key)?.data.byteLength ?? 0;
    this.#entries.delete(key);
  }
}
