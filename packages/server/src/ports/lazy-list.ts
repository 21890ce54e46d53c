/** A list whose items are made when they are written. */
export class LazyList<T> {
  readonly #items: readonly T[];
  readonly #make: (item: T) => unknown;

  constructor(items: readonly T[], make: (item: T) => unknown) {
    this.#items = items;
    this.#make = make;
  }

  get length(): number {
    return this.#items.length;
  }

  slice(start: number, end: number): unknown[] {
    return this.#items.slice(start, end).map(this.#make);
  }

  toJSON(): unknown[] {
    return this.#items.map(this.#make);
  }
}
