import type { CallOptions } from './method-caller.ts';
import type { InputOf, Methods, OutputOf, ProgressOf } from './methods.ts';
import { Slots } from './slots.ts';
import type { WorkerClient } from './worker-client.ts';

export interface PoolCallOptions<Progress> extends CallOptions<Progress> {
  /** A worker that takes longer, its start not counted, is ended, and the call rejects with the error. */
  readonly limit?: { readonly milliseconds: number; readonly error: () => unknown } | undefined;
}

export interface WorkerPoolOptions<M extends Methods> {
  readonly start: () => WorkerClient<M>;
  /** How many calls run at once. */
  readonly size: number;
  /** A worker without a call for so many milliseconds is ended. Default: never. */
  readonly idleMs?: number;
  /** Milliseconds that a worker has to notice that its call was cancelled; then it is ended. Default 0. */
  readonly cancelMs?: number;
}

/** Gives each worker one call at a time. Workers are started when they are needed and replaced when they die. */
export interface WorkerPool<M extends Methods> {
  call<K extends keyof M & string>(
    method: K,
    input: InputOf<M, K>,
    options?: PoolCallOptions<ProgressOf<M, K>>,
  ): Promise<OutputOf<M, K>>;
  /** Ends the workers; calls that run or wait reject with the reason. */
  close(reason: unknown): Promise<void>;
}

export function createWorkerPool<M extends Methods>(options: WorkerPoolOptions<M>): WorkerPool<M> {
  return new ExclusivePool<M>(options);
}

class ExclusivePool<M extends Methods> implements WorkerPool<M> {
  readonly #options: WorkerPoolOptions<M>;
  readonly #slots: Slots;
  readonly #all = new Set<WorkerClient<M>>();
  readonly #idle: { readonly worker: WorkerClient<M>; readonly timer: NodeJS.Timeout | undefined }[] = [];
  /** Calls that have a worker, those not that were cancelled. */
  #running = 0;
  #closed: { readonly reason: unknown } | undefined;

  constructor(options: WorkerPoolOptions<M>) {
    this.#options = options;
    this.#slots = new Slots(options.size);
  }

  async call<K extends keyof M & string>(
    method: K,
    input: InputOf<M, K>,
    { limit, ...options }: PoolCallOptions<ProgressOf<M, K>> = {},
  ): Promise<OutputOf<M, K>> {
    await this.#slots.acquire(options.signal);
    // Closed between the slot and this turn.
    if (this.#closed) throw this.#closed.reason;
    this.#running += 1;
    const idle = this.#takeIdle();
    const worker = idle ?? this.#start();
    let timer: NodeJS.Timeout | undefined;
    try {
      // The start counts for no limit, and a call that is cancelled meanwhile does not waste it.
      if (!idle) await this.#started(worker);
      if (limit) timer = setTimeout(() => void worker.end(limit.error()), limit.milliseconds);
      return await worker.call(method, input, options);
    } finally {
      clearTimeout(timer);
      this.#running -= 1;
      this.#slots.release();
      void this.#giveBack(worker);
    }
  }

  async close(reason: unknown): Promise<void> {
    this.#closed = { reason };
    this.#slots.fail(reason);
    await Promise.all([...this.#all].map((worker) => this.#end(worker, reason)));
  }

  #start(): WorkerClient<M> {
    const worker = this.#options.start();
    this.#all.add(worker);
    return worker;
  }

  /** One that cannot start may live on and refuse every call: no other call gets it. */
  async #started(worker: WorkerClient<M>): Promise<void> {
    try {
      await worker.ready();
    } catch (error) {
      void this.#end(worker, error);
      throw error;
    }
  }

  /** The one that worked last, whose code is warm. */
  #takeIdle(): WorkerClient<M> | undefined {
    for (let last = this.#idle.pop(); last; last = this.#idle.pop()) {
      clearTimeout(last.timer);
      if (!last.worker.isEnded) return last.worker;
      this.#all.delete(last.worker);
    }
    return undefined;
  }

  /** Keeps the worker for the next call, unless it is gone, needed no more, or still busy with a cancelled call. */
  async #giveBack(worker: WorkerClient<M>): Promise<void> {
    if (worker.pending > 0) await untilIdle(worker, this.#options.cancelMs ?? 0);
    const isFree = worker.pending === 0 && !worker.isEnded && !this.#closed;
    // One that had to notice a cancelled call may come back when others have taken over.
    const isNeeded = this.#idle.length + this.#running < this.#options.size;
    if (isFree && isNeeded) this.#keep(worker);
    else await this.#end(worker, new Error('The worker is not needed any more'));
  }

  #keep(worker: WorkerClient<M>): void {
    const { idleMs } = this.#options;
    const timer =
      idleMs === undefined
        ? undefined
        : setTimeout(() => void this.#end(worker, new Error('The worker was idle')), idleMs).unref();
    this.#idle.push({ worker, timer });
  }

  async #end(worker: WorkerClient<M>, reason: unknown): Promise<void> {
    this.#all.delete(worker);
    const index = this.#idle.findIndex((idle) => idle.worker === worker);
    for (const { timer } of index < 0 ? [] : this.#idle.splice(index, 1)) clearTimeout(timer);
    await worker.end(reason);
  }
}

/** Waits for the end of what the worker does, but not longer than so many milliseconds. */
async function untilIdle(worker: WorkerClient<never>, milliseconds: number): Promise<void> {
  if (milliseconds === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([worker.whenIdle(), tooLong]);
  clearTimeout(timer);
}
