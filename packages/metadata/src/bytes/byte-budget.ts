/** Bytes that may be made out of one file: spent as they come, before they are kept. */
export class ByteBudget {
  readonly #limit: number;
  #spent = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get spent(): number {
    return this.#spent;
  }

  get left(): number {
    return Math.max(0, this.#limit - this.#spent);
  }

  /** False where there were not that many left. */
  spend(bytes: number): boolean {
    this.#spent += bytes;
    return this.#spent <= this.#limit;
  }
}
