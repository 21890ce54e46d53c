import type { CallOptions } from '@iib-kit/catalog';
import type { InputOf, OutputOf } from './method-call.ts';
import type { ReaderMethods } from './reader-methods.ts';
import { type StartedWorker, startWorker } from './start-worker.ts';

type Method = keyof ReaderMethods;

/**
 * Reading threads, each started when it is first of use; each call goes to the one with the least to do. A program that
 * opens an index to update it starts none, which would boot just while it reads the first files.
 */
export interface ReaderPool {
  call<K extends Method>(
    method: K,
    input: InputOf<ReaderMethods, K>,
    options?: CallOptions,
  ): Promise<OutputOf<ReaderMethods, K>>;
  close(reason: Error): Promise<void>;
}

/** Rejects as soon as the signal says so; what the thread still answers is thrown away. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Enough to shuffle a million images. */
export const readerMemory = { oldMegabytes: 512, youngMegabytes: 8 };

export function createReaderPool(path: string, count: number): ReaderPool {
  const url = new URL('./reader-worker.js', import.meta.url);
  const workers: StartedWorker<ReaderMethods>[] = [];
  const start = (): StartedWorker<ReaderMethods> => {
    const worker = startWorker<ReaderMethods>(url, { path }, readerMemory);
    workers.push(worker);
    return worker;
  };
  const leastBusy = (): StartedWorker<ReaderMethods> => {
    const [first = start(), ...others] = workers;
    const best = others.reduce((least, worker) => (worker.pending < least.pending ? worker : least), first);
    // For those to come: this call is answered sooner by a thread that runs already.
    if (best.pending > 0 && workers.length < count) start();
    return best;
  };
  return {
    call: async (method, input, options = {}) => {
      options.signal?.throwIfAborted();
      return untilAborted<OutputOf<ReaderMethods, typeof method>>(
        leastBusy().call(method, input),
        options.signal,
      );
    },
    async close(reason) {
      await Promise.all(workers.map((worker) => worker.terminate(reason)));
    },
  };
}
