import type { CallOptions } from '@iib-kit/catalog';
import { type InputOf, type OutputOf, superviseWorker, type SupervisedWorker } from '@iib-kit/threads';
import type { DatabaseFile } from '../sqlite/connection/database-file.ts';
import type { ReaderMethods } from './reader-methods.ts';
import { startIndexThread } from './start-index-thread.ts';

type Method = keyof ReaderMethods;

/**
 * Reading threads, each started when it is first of use; each call goes to the one with the least to do. A program that
 * opens an index to update it starts none, which would boot just while it reads the first files. One that ends by itself is
 * replaced.
 */
export interface ReaderPool {
  call<K extends Method>(
    method: K,
    input: InputOf<ReaderMethods, K>,
    options?: CallOptions,
  ): Promise<OutputOf<ReaderMethods, K>>;
  /** Rejects where one that ended cannot be replaced; waits for nothing else. */
  running(): Promise<void>;
  close(reason: Error): Promise<void>;
}

/** Enough to shuffle a million images. */
export const readerMemory = { oldMegabytes: 512, youngMegabytes: 8 };

export function createReaderPool(file: DatabaseFile, count: number): ReaderPool {
  const workers: SupervisedWorker<ReaderMethods>[] = [];
  const start = (): SupervisedWorker<ReaderMethods> => {
    const worker = superviseWorker({
      start: () => startIndexThread<ReaderMethods>('reader-worker.js', { file }, readerMemory),
    });
    workers.push(worker);
    return worker;
  };
  const leastBusy = (): SupervisedWorker<ReaderMethods> => {
    const [first = start(), ...others] = workers;
    const best = others.reduce((least, worker) => (worker.pending < least.pending ? worker : least), first);
    // For those to come: this call is answered sooner by a thread that runs already.
    if (best.pending > 0 && workers.length < count) start();
    return best;
  };
  return {
    call: async (method, input, options) => leastBusy().call(method, input, options),
    async running() {
      await Promise.all(workers.map((worker) => worker.running()));
    },
    async close(reason) {
      await Promise.all(workers.map((worker) => worker.end(reason)));
    },
  };
}
