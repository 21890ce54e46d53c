/** Files of which something is remembered: those of one span and of the one before. */
const filesPerSpan = 16;
let files = 0;

/**
 * Says that another file is described now. What was found out of the texts of those long before is forgotten.
 */
export function nextFile(): void {
  files += 1;
}

/**
 * What was found out of an object, for as long as it is likely to be asked for again: while its file and the next few are
 * described. A lasting `WeakMap` would do but for V8's scavenges: they copy every young value of one that has grown old,
 * though the object that leads to it is gone.
 */
export class RecentValues<K extends object, V> {
  #recent = new WeakMap<K, V>();
  #older = new WeakMap<K, V>();
  #span = 0;

  get(key: K): V | undefined {
    return this.#recent.get(key) ?? this.#older.get(key);
  }

  set(key: K, value: V): void {
    const span = Math.floor(files / filesPerSpan);
    if (span !== this.#span) {
      this.#older = this.#recent;
      this.#recent = new WeakMap();
      this.#span = span;
    }
    this.#recent.set(key, value);
  }
}
