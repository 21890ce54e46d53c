import type { IndexError } from '../index-error.ts';
import type { CallOptions } from '../image-index.ts';
import type { InputOf, OutputOf } from './method-call.ts';
import type { ReaderMethods } from './reader-methods.ts';
import { readerMemory } from './reader-pool.ts';
import { type StartedWorker, startWorker } from './start-worker.ts';

type Worker = StartedWorker<ReaderMethods>;

export interface LongReadOptions extends CallOptions {
  /** After this the thread is ended and the call fails. */
  readonly limit?: { readonly milliseconds: number; readonly error: () => IndexError };
}

/** Threads for questions that may take long: they wait for each other, and nobody else waits for them. */
export interface LongReads {
  call<K extends keyof ReaderMethods>(
    method: K,
    input: InputOf<ReaderMethods, K>,
    options?: LongReadOptions,
  ): Promise<OutputOf<ReaderMethods, K>>;
  close(reason: Error): Promise<void>;
}

const threads = 2;

export function createLongReads(path: string): LongReads {
  const url = new URL('./reader-worker.js', import.meta.url);
  const idle: Worker[] = [];
  const running = new Set<Worker>();
  const waiting: (() => void)[] = [];
  let closed: Error | undefined;

  async function acquire(): Promise<Worker> {
    if (running.size >= threads) await new Promise<void>((resolve) => waiting.push(resolve));
    if (closed !== undefined) throw closed;
    const worker = idle.pop() ?? startWorker<ReaderMethods>(url, { path }, readerMemory);
    running.add(worker);
    // The time that a thread takes to start does not count.
    await worker.call('ready', undefined);
    return worker;
  }

  function release(worker: Worker, isUsable: boolean): void {
    running.delete(worker);
    if (isUsable) idle.push(worker);
    waiting.shift()?.();
  }

  async function run<K extends keyof ReaderMethods>(
    worker: Worker,
    method: K,
    input: InputOf<ReaderMethods, K>,
    { signal, limit }: LongReadOptions,
  ): Promise<OutputOf<ReaderMethods, K>> {
    // A thread that is deep in an expression hears nothing, so it is ended.
    const stop = (reason: Error): void => void worker.terminate(reason);
    const onAbort = (): void => stop(signal?.reason as Error);
    const timer = limit && setTimeout(() => stop(limit.error()), limit.milliseconds);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      signal?.throwIfAborted();
      return await worker.call(method, input);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      release(worker, !worker.isEnded);
    }
  }

  return {
    async call<K extends keyof ReaderMethods>(
      method: K,
      input: InputOf<ReaderMethods, K>,
      options: LongReadOptions = {},
    ): Promise<OutputOf<ReaderMethods, K>> {
      options.signal?.throwIfAborted();
      return run(await acquire(), method, input, options);
    },
    async close(reason) {
      closed = reason;
      for (const resume of waiting.splice(0)) resume();
      await Promise.all([...idle, ...running].map((worker) => worker.terminate(reason)));
    },
  };
}
