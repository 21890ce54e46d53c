import type { CallOptions, MethodCaller } from './method-caller.ts';
import type { InputOf, Methods, OutputOf, ProgressOf } from './methods.ts';
import type { WorkerClient } from './worker-client.ts';

export interface SupervisedWorkerOptions<M extends Methods> {
  readonly start: () => WorkerClient<M>;
  /** Is called with each worker that takes the place of another, before it gets any other call. */
  readonly onReplaced?: (worker: MethodCaller<M>) => void;
  /** Milliseconds before one that could not start is tried again; calls reject with its reason meanwhile. Default 1000. */
  readonly retryMs?: number;
}

/** A worker that is replaced where it ends by itself. What it had not answered by then rejects. */
export interface SupervisedWorker<M extends Methods> extends MethodCaller<M> {
  /** Fulfilled at once where a worker runs; else starts one, and rejects with its reason where it cannot. */
  running(): Promise<void>;
  /** Fulfilled once all calls made so far are answered; rejects where the worker cannot start. */
  ready(): Promise<void>;
  /** How many calls the worker has not answered. */
  readonly pending: number;
  /** Whether the worker has ended; the next call starts another. */
  readonly isEnded: boolean;
  /** Listens to what the worker emits, and those that take its place. */
  onEvent(listener: (event: unknown) => void): void;
  /** Ends it for good: pending and later calls reject with the reason. */
  end(reason: unknown): Promise<void>;
}

export function superviseWorker<M extends Methods>(options: SupervisedWorkerOptions<M>): SupervisedWorker<M> {
  return new Supervisor<M>(options);
}

class Supervisor<M extends Methods> implements SupervisedWorker<M> {
  readonly #options: SupervisedWorkerOptions<M>;
  readonly #listeners: ((event: unknown) => void)[] = [];
  #worker: WorkerClient<M>;
  /** Of a replacement: until it answers. */
  #starting: Promise<void> | undefined;
  #failedStart: { readonly error: unknown; readonly retryAt: number } | undefined;
  #over: { readonly reason: unknown } | undefined;

  constructor(options: SupervisedWorkerOptions<M>) {
    this.#options = options;
    this.#worker = options.start();
  }

  get pending(): number {
    return this.#worker.pending;
  }

  get isEnded(): boolean {
    return this.#worker.isEnded;
  }

  async call<K extends keyof M & string>(
    method: K,
    input: InputOf<M, K>,
    options?: CallOptions<ProgressOf<M, K>>,
  ): Promise<OutputOf<M, K>> {
    return this.#running().call(method, input, options);
  }

  async running(): Promise<void> {
    this.#running();
    await this.#starting;
  }

  async ready(): Promise<void> {
    return this.#running().ready();
  }

  onEvent(listener: (event: unknown) => void): void {
    this.#listeners.push(listener);
    this.#worker.onEvent(listener);
  }

  async end(reason: unknown): Promise<void> {
    this.#over = { reason };
    await this.#worker.end(reason);
  }

  #running(): WorkerClient<M> {
    if (this.#over) throw this.#over.reason;
    if (!this.#worker.isEnded) return this.#worker;
    const failed = this.#failedStart;
    if (failed && performance.now() < failed.retryAt) throw failed.error;
    return this.#replace();
  }

  #replace(): WorkerClient<M> {
    const worker = this.#options.start();
    this.#worker = worker;
    for (const listener of this.#listeners) worker.onEvent(listener);
    this.#starting = this.#started(worker);
    // Each call rejects with it too.
    this.#starting.catch(() => undefined);
    this.#options.onReplaced?.(worker);
    return worker;
  }

  /** One that cannot start may live on and refuse every call: it is ended, so that another is tried. */
  async #started(worker: WorkerClient<M>): Promise<void> {
    try {
      await worker.ready();
      this.#failedStart = undefined;
    } catch (error) {
      const { retryMs = 1000 } = this.#options;
      this.#failedStart = { error, retryAt: performance.now() + retryMs };
      void worker.end(error);
      throw error;
    } finally {
      if (this.#worker === worker) this.#starting = undefined;
    }
  }
}
