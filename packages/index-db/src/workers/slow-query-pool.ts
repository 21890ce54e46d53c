import { type CallOptions, IndexError } from '@iib-kit/catalog';
import type { InputOf, OutputOf } from './method-call.ts';
import type { ReaderMethods } from './reader-methods.ts';
import { readerMemory, untilAborted } from './reader-pool.ts';
import { type StartedWorker, startWorker } from './start-worker.ts';
import { createStopFlag, lowerStopFlag, raiseStopFlag } from './cancellation-flag.ts';

interface Reader {
  readonly worker: StartedWorker<ReaderMethods>;
  /** Raised where nobody waits any more for what the thread does. */
  readonly abandoned: Int32Array;
}

export interface SlowQueryOptions extends CallOptions {
  /** After this the thread is ended and the call fails. */
  readonly limit?: { readonly milliseconds: number; readonly error: () => IndexError };
}

/** Threads for questions that may take long: they wait for each other, and nobody else waits for them. */
export interface SlowQueryPool {
  call<K extends keyof ReaderMethods>(
    method: K,
    input: InputOf<ReaderMethods, K>,
    options?: SlowQueryOptions,
  ): Promise<OutputOf<ReaderMethods, K>>;
  close(reason: Error): Promise<void>;
}

const threads = 2;

/**
 * How long a thread may take to notice that nobody waits any more, in milliseconds; then it is ended. One that is deep
 * in an expression, or sorts, notices nothing. Starting another costs more than most of what is abandoned.
 */
const noticing = 300;

export function createSlowQueryPool(path: string): SlowQueryPool {
  const url = new URL('./reader-worker.js', import.meta.url);
  const idle: Reader[] = [];
  const running = new Set<Reader>();
  /** Told that nobody waits, and not done yet. */
  const leaving = new Set<Reader>();
  const waiting: (() => void)[] = [];
  let closed: Error | undefined;

  function start(): Reader {
    const abandoned = createStopFlag();
    return { worker: startWorker<ReaderMethods>(url, { path, abandoned }, readerMemory), abandoned };
  }

  async function acquire(): Promise<Reader> {
    if (running.size >= threads) await new Promise<void>((resolve) => waiting.push(resolve));
    if (closed !== undefined) throw closed;
    const reader = idle.pop() ?? start();
    running.add(reader);
    try {
      // The time that a thread takes to start does not count.
      await reader.worker.call('ready', undefined);
    } catch (error) {
      release(reader);
      throw error;
    }
    return reader;
  }

  /** Gives the place of a thread to the next question. */
  function vacate(reader: Reader): void {
    if (running.delete(reader)) waiting.shift()?.();
  }

  /** Keeps a thread that is done for the next question, where there is one to come. */
  function release(reader: Reader): void {
    leaving.delete(reader);
    lowerStopFlag(reader.abandoned);
    const isWanted = running.has(reader) || idle.length + running.size < threads;
    if (!reader.worker.isEnded && closed === undefined) {
      if (isWanted) idle.push(reader);
      else void reader.worker.terminate(new IndexError('closed', 'The thread is not needed'));
    }
    vacate(reader);
  }

  function run<K extends keyof ReaderMethods>(
    reader: Reader,
    method: K,
    input: InputOf<ReaderMethods, K>,
    { signal, limit }: SlowQueryOptions,
  ): Promise<OutputOf<ReaderMethods, K>> {
    const end = (reason: Error): void => void reader.worker.terminate(reason);
    const timers: NodeJS.Timeout[] = [];
    if (limit !== undefined) timers.push(setTimeout(() => end(limit.error()), limit.milliseconds));
    const onAbort = (): void => {
      raiseStopFlag(reader.abandoned);
      leaving.add(reader);
      vacate(reader);
      timers.push(setTimeout(() => end(signal?.reason as Error), noticing));
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    const work = reader.worker.call(method, input);
    const settle = (): void => {
      for (const timer of timers) clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      release(reader);
    };
    work.then(settle, settle);
    return untilAborted(work, signal);
  }

  return {
    async call<K extends keyof ReaderMethods>(
      method: K,
      input: InputOf<ReaderMethods, K>,
      options: SlowQueryOptions = {},
    ): Promise<OutputOf<ReaderMethods, K>> {
      options.signal?.throwIfAborted();
      const reader = await acquire();
      if (options.signal?.aborted === true) {
        release(reader);
        throw options.signal.reason;
      }
      return run(reader, method, input, options);
    },
    async close(reason) {
      closed = reason;
      for (const resume of waiting.splice(0)) resume();
      await Promise.all([...idle, ...running, ...leaving].map(({ worker }) => worker.terminate(reason)));
    },
  };
}
