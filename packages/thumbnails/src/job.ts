import { setMaxListeners } from 'node:events';

/** How work tells of itself. */
export interface WorkRun {
  /** Lets the next job start before this one has ended. */
  readonly releaseSlot: () => void;
  /** From here on those who wait lose their patience. Without it they have all the time that the work takes. */
  readonly begun: () => void;
  /** Calls back when nobody waits any more. */
  readonly whenLeft: (listener: () => void) => void;
}

export type Work<T> = (run: WorkRun) => Promise<T>;

/** How long somebody waits for work that has begun, and what he is then told. */
export interface Patience {
  readonly milliseconds: number;
  readonly error: () => Error;
}

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default: as long as it takes. */
  readonly patience?: Patience | undefined;
}

interface Waiter<T> {
  resolve(value: T): void;
  reject(reason: unknown): void;
  startPatience(): void;
}

interface JobEvents<T> {
  /** The last who waited has been aborted. */
  cancelled(job: Job<T>): void;
  /** The last who waited has lost patience. */
  abandoned(job: Job<T>): void;
}

/** One piece of work and everybody who waits for it. */
export class Job<T> {
  readonly key: string;
  readonly work: Work<T>;
  readonly #waiters = new Set<Waiter<T>>();
  readonly #events: JobEvents<T>;
  readonly #leftListeners: (() => void)[] = [];
  #hasBegun = false;

  constructor(key: string, work: Work<T>, events: JobEvents<T>) {
    this.key = key;
    this.work = work;
    this.#events = events;
  }

  /** Waits for the outcome; an aborted `signal` ends the wait, and the last to leave cancels the job. */
  wait({ signal, patience }: WaitOptions = {}): Promise<T> {
    // A page of thumbnails shares one signal, which Node would take for a leak of listeners.
    if (signal) setMaxListeners(0, signal);
    return new Promise<T>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const leave = (reason: unknown, then: (job: Job<T>) => void): void => {
        this.#waiters.delete(waiter);
        waiter.reject(reason);
        if (this.#waiters.size > 0) return;
        for (const listener of this.#leftListeners) listener();
        then(this);
      };
      const abort = (): void => leave(signal?.reason, (job) => this.#events.cancelled(job));
      const stay = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      const waiter: Waiter<T> = {
        resolve: (value) => (stay(), resolve(value)),
        reject: (reason) => (stay(), reject(reason)),
        startPatience: () => {
          if (patience === undefined) return;
          const lose = (): void => leave(patience.error(), (job) => this.#events.abandoned(job));
          timer = setTimeout(lose, patience.milliseconds);
        },
      };
      this.#waiters.add(waiter);
      signal?.addEventListener('abort', abort, { once: true });
      if (this.#hasBegun) waiter.startPatience();
    });
  }

  begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    for (const waiter of this.#waiters) waiter.startPatience();
  }

  whenLeft(listener: () => void): void {
    this.#leftListeners.push(listener);
  }

  resolve(value: T): void {
    for (const waiter of this.#waiters) waiter.resolve(value);
  }

  reject(reason: unknown): void {
    for (const waiter of this.#waiters) waiter.reject(reason);
  }
}
