import { MessageChannel } from 'node:worker_threads';
import { IndexError } from '../index-error.ts';
import type { IndexProgress, IndexSummary, UpdateOptions } from '../image-index.ts';
import type { ScannerMethods } from './scanner-worker.ts';
import { type StartedWorker, startWorker } from './start-worker.ts';
import { createStopFlag, raiseStopFlag } from './stop-flag.ts';
import type { WriterMethods } from './writer-methods.ts';

export interface UpdateRunner {
  /** Waits for the run before it, then scans. */
  update(roots: readonly string[], options?: UpdateOptions): Promise<IndexSummary>;
  /** Stops what runs and refuses what waits. */
  close(reason: Error): Promise<void>;
}

export interface UpdateRunnerParts {
  readonly path: string;
  /** URL of the module that exports `describeFile`. */
  readonly describer: string;
  /** Glob patterns of what is left out. */
  readonly exclude: readonly string[];
  readonly writer: StartedWorker<WriterMethods>;
  /** Waits until listeners have been told what was written. */
  readonly whenTold: () => Promise<void>;
}

// The names and times of millions of new files, to be read in the order of time.
const scannerMegabytes = 1024;

/** Runs updates one after the other, each on a scanning thread of its own that ends with it. */
export function createUpdateRunner({
  path,
  describer,
  exclude,
  writer,
  whenTold,
}: UpdateRunnerParts): UpdateRunner {
  let last: Promise<unknown> = Promise.resolve();
  let closed: Error | undefined;
  let stopCurrent: (() => void) | undefined;

  async function scan(
    roots: readonly string[],
    { signal, onProgress, only, reread }: UpdateOptions,
  ): Promise<IndexSummary> {
    if (closed !== undefined) throw closed;
    signal?.throwIfAborted();
    const stop = createStopFlag();
    stopCurrent = () => raiseStopFlag(stop);
    signal?.addEventListener('abort', stopCurrent, { once: true });
    const { port1, port2 } = new MessageChannel();
    const scanner = startWorker<ScannerMethods>(
      new URL('./scanner-worker.js', import.meta.url),
      {
        path,
        describer,
        exclude,
      },
      scannerMegabytes,
    );
    scanner.onEvent((event) => onProgress?.(event as IndexProgress));
    try {
      await writer.call('serveScan', { port: port1 }, [port1]);
      const summary = await scanner.call('scan', { roots, only, reread, port: port2, stop }, [port2]);
      await whenTold();
      return summary;
    } catch (error) {
      signal?.throwIfAborted();
      throw closed ?? error;
    } finally {
      signal?.removeEventListener('abort', stopCurrent);
      stopCurrent = undefined;
      await scanner.terminate(new IndexError('closed', 'The scan is over'));
    }
  }

  return {
    update(roots, options = {}) {
      const run = last.then(() => scan(roots, options));
      last = run.catch(() => undefined);
      return run;
    },
    async close(reason) {
      closed = reason;
      stopCurrent?.();
      await last;
    },
  };
}
