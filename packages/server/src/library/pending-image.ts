/** An image on its way to the application that the server is part of: one at a time, the latest. */
export class PendingImage {
  readonly #take: ((path: string) => void | Promise<void>) | undefined;
  readonly #waiting = new Set<() => void>();
  #pending: string | undefined;

  constructor(take: ((path: string) => void | Promise<void>) | undefined) {
    this.#take = take;
  }

  /** Resolves when the image is taken, or at once where nobody takes any; rejects with what kept it from being taken. */
  async send(path: string): Promise<void> {
    this.#pending = path;
    if (this.#take === undefined) return;
    try {
      await this.#take(path);
    } finally {
      if (this.#pending === path) this.#settle();
    }
  }

  /** Whether nothing is pending, once that is so or the time is over; waits no longer than the signal lets it. */
  taken(milliseconds: number, signal: AbortSignal): Promise<boolean> {
    if (this.#pending === undefined) return Promise.resolve(true);
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#waiting.delete(done);
        resolve(this.#pending === undefined);
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
      this.#waiting.add(done);
      if (signal.aborted) done();
    });
  }

  /** How many wait for an image to be taken. */
  get waiting(): number {
    return this.#waiting.size;
  }

  #settle(): void {
    this.#pending = undefined;
    for (const done of this.#waiting) done();
  }
}
