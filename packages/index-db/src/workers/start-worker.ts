import { Worker } from 'node:worker_threads';
import { IndexError } from '@iib-kit/catalog';
import { createMethodCaller, endMessage, type MethodCaller, type Methods } from './method-call.ts';

export interface StartedWorker<M extends Methods> extends MethodCaller<M> {
  /** Everything that is not an answer to a call. */
  onEvent(listener: (event: unknown) => void): void;
  /** Whether the thread was told to end or ended by itself. */
  readonly isEnded: boolean;
  /** Ends the thread when it has done what it is doing; what waits fails with the given error at once. */
  terminate(reason: Error): Promise<void>;
}

/** How long a thread may take to end by itself, in milliseconds. */
const endingGrace = 1000;

/** What a thread may keep in memory, SQLite's apart. */
export interface MemoryLimits {
  readonly oldMegabytes: number;
  /**
   * Room for what was just made, which V8 lets pile up before it looks what is still used; with V8's own default the
   * threads of an index take 150 MB more altogether.
   */
  readonly youngMegabytes: number;
}

/**
 * Flags of the program that a thread takes over: a `describer` may need its loader. That of a program which is not a file
 * (`node --input-type=module -e ...`) is refused for one that is.
 */
const execArgv = process.execArgv.filter((flag) => !flag.startsWith('--input-type'));

/** Starts a thread and connects to the methods that it serves. */
export function startWorker<M extends Methods>(
  url: URL,
  workerData: unknown,
  { oldMegabytes, youngMegabytes }: MemoryLimits,
): StartedWorker<M> {
  const resourceLimits = { maxYoungGenerationSizeMb: youngMegabytes, maxOldGenerationSizeMb: oldMegabytes };
  const worker = new Worker(url, { workerData, resourceLimits, execArgv });
  // The threads must not keep a program alive that forgot to close its index.
  worker.unref();
  const caller = createMethodCaller<M>(worker);
  worker.on('error', (error) => {
    caller.fail(
      new IndexError('worker-failed', `A thread of the index failed: ${String(error)}`, { cause: error }),
    );
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  let isEnded = false;
  worker.on('exit', () => {
    isEnded = true;
    caller.fail(new IndexError('worker-failed', 'A thread of the index has ended'));
  });
  return {
    call: (method, input, transfer) => {
      worker.ref();
      return caller.call(method, input, transfer).finally(() => {
        if (caller.pending === 0) worker.unref();
      });
    },
    get pending() {
      return caller.pending;
    },
    fail: (error) => caller.fail(error),
    onEvent(listener) {
      worker.on('message', (message: { id?: unknown; event?: unknown }) => {
        if (message.id === undefined) listener(message.event);
      });
    },
    get isEnded() {
      return isEnded;
    },
    async terminate(reason) {
      isEnded = true;
      caller.fail(reason);
      worker.ref();
      // Ending a thread from outside while SQLite reports an error in it aborts the whole process: the native
      // module cannot make the error object any more. So the thread is asked first.
      worker.postMessage(endMessage);
      const timer = setTimeout(() => void worker.terminate(), endingGrace);
      await ended;
      clearTimeout(timer);
    },
  };
}
