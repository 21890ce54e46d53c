import { Worker } from 'node:worker_threads';

import { portChannel } from './channel.ts';
import type { Methods } from './methods.ts';
import { connectWorker, type WorkerClient, type WorkerOptions } from './worker-client.ts';
import { WorkerError } from './worker-error.ts';

/** What a thread may keep in memory, native modules apart. */
export interface MemoryLimits {
  readonly oldMegabytes: number;
  /** Room for what was just made, which V8 lets pile up before it looks what is still used. */
  readonly youngMegabytes: number;
}

export interface ThreadOptions extends WorkerOptions {
  readonly workerData?: unknown;
  readonly memory?: MemoryLimits | undefined;
  /** Flags of Node for the thread. Default none: loaders of the program are not for a built worker. */
  readonly execArgv?: readonly string[];
}

/** Starts a thread and connects to the methods that it serves. */
export function startThread<M extends Methods>(
  url: URL,
  { workerData, memory, execArgv = [], ...options }: ThreadOptions = {},
): WorkerClient<M> {
  const worker = new Worker(url, {
    workerData,
    execArgv: [...execArgv],
    ...(memory && { resourceLimits: resourceLimits(memory) }),
  });
  const ended = new Promise<WorkerError>((resolve) => {
    let error: WorkerError | undefined;
    worker.on('error', (cause) => {
      error = new WorkerError('failed', `The thread failed: ${String(cause)}`, { cause });
    });
    worker.once('exit', (code) => {
      resolve(error ?? new WorkerError('ended', `The thread ended with exit code ${code}`));
    });
  });
  return connectWorker<M>(
    {
      channel: portChannel(worker),
      ended,
      setRef: (isRef) => (isRef ? worker.ref() : worker.unref()),
      kill: () => void worker.terminate(),
    },
    options,
  );
}

function resourceLimits({ oldMegabytes, youngMegabytes }: MemoryLimits) {
  return { maxOldGenerationSizeMb: oldMegabytes, maxYoungGenerationSizeMb: youngMegabytes };
}
