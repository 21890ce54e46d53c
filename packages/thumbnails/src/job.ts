import { setMaxListeners } from 'node:events';

/** What a job does; `releaseSlot` lets the next job start before this one has ended. */
export type Work<T> = (releaseSlot: () => void) => Promise<T>;

interface Waiter<T> {
  resolve(value: T): void;
  reject(reason: unknown): void;
}

/** One piece of work and everybody who waits for it. */
export class Job<T> {
  readonly key: string;
  readonly work: Work<T>;
  readonly #waiters = new Set<Waiter<T>>();
  readonly #onCancelled: (job: Job<T>) => void;

  constructor(key: string, work: Work<T>, onCancelled: (job: Job<T>) => void) {
    this.key = key;
    this.work = work;
    this.#onCancelled = onCancelled;
  }

  /** Waits for the outcome; an aborted `signal` ends the wait, and the last to leave cancels the job. */
  wait(signal?: AbortSignal): Promise<T> {
    // A page of thumbnails shares one signal, which Node would take for a leak of listeners.
    if (signal) setMaxListeners(0, signal);
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        this.#waiters.delete(waiter);
        reject(signal?.reason);
        if (this.#waiters.size === 0) this.#onCancelled(this);
      };
      const stay = (): void => signal?.removeEventListener('abort', leave);
      const waiter: Waiter<T> = {
        resolve: (value) => (stay(), resolve(value)),
        reject: (reason) => (stay(), reject(reason)),
      };
      this.#waiters.add(waiter);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  resolve(value: T): void {
    for (const waiter of this.#waiters) waiter.resolve(value);
  }

  reject(reason: unknown): void {
    for (const waiter of this.#waiters) waiter.reject(reason);
  }
}
