interface Waiter {
  readonly start: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Lets a number of callers work at once; the others wait in the order in which they came. */
export class Slots {
  readonly #waiting: Waiter[] = [];
  #free: number;
  #failure: { readonly reason: unknown } | undefined;

  constructor(count: number) {
    this.#free = count;
  }

  /** Waits for a slot, which `release` gives back. Rejects with the reason of a signal that aborts meanwhile. */
  async acquire(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#failure) throw this.#failure.reason;
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal?.reason);
      };
      const stopListening = () => signal?.removeEventListener('abort', leave);
      const waiter: Waiter = {
        start: () => (stopListening(), resolve()),
        reject: (reason) => (stopListening(), reject(reason)),
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
    });
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next.start();
    else this.#free += 1;
  }

  /** Rejects what waits, and what comes later. */
  fail(reason: unknown): void {
    this.#failure = { reason };
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}
