import { MessageChannel } from 'node:worker_threads';
import type { IndexSummary, UpdateOptions } from '@iib-kit/catalog';
import type { MethodCaller, WorkerClient } from '@iib-kit/threads';
import type { ScannerMethods } from '../scanner-worker.ts';
import { createScanners, scanOver } from './scanners.ts';
import type { WriterMethods } from '../writer-methods.ts';

export interface UpdateRunner {
  /** Starts the thread of the next update ahead; it ends by itself when none comes. */
  prepare(): void;
  /** Waits for the run before it, then scans. */
  update(roots: readonly string[], options?: UpdateOptions): Promise<IndexSummary>;
  /** Stops what runs and refuses what waits. */
  close(reason: Error): Promise<void>;
  /** Kills the thread that scans. */
  end(reason: Error): Promise<void>;
}

export interface UpdateRunnerParts {
  readonly path: string;
  /** URL of the module that exports `describeFile`. */
  readonly describer: string;
  /** Glob patterns of what is left out. */
  readonly exclude: readonly string[];
  readonly writer: MethodCaller<WriterMethods>;
  /** Waits until listeners were notified of what was written. */
  readonly flushed: () => Promise<void>;
}

/** Runs updates one after the other, each on a scanning thread of its own that ends with it. */
export function createUpdateRunner({
  path,
  describer,
  exclude,
  writer,
  flushed,
}: UpdateRunnerParts): UpdateRunner {
  let last: Promise<unknown> = Promise.resolve();
  let closed: Error | undefined;
  let current: { readonly scanner: WorkerClient<ScannerMethods>; readonly stop: AbortController } | undefined;
  const scanners = createScanners({ path, describer, exclude });

  async function scan(
    roots: readonly string[],
    { signal, onProgress, ...asked }: UpdateOptions,
  ): Promise<IndexSummary> {
    if (closed !== undefined) throw closed;
    signal?.throwIfAborted();
    const scanner = scanners.take();
    const stop = new AbortController();
    current = { scanner, stop };
    const stopped = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    const { port1, port2 } = new MessageChannel();
    try {
      await writer.call('serveScan', { port: port1 }, { transfer: [port1] });
      const summary = await scanner.call(
        'scan',
        { roots, ...asked, port: port2 },
        { transfer: [port2], signal: stopped, onProgress },
      );
      await flushed();
      return summary;
    } catch (error) {
      signal?.throwIfAborted();
      throw closed ?? error;
    } finally {
      // A scan that was stopped still has to notice that, and closes its database then.
      await scanner.whenIdle();
      await scanner.end(scanOver);
      current = undefined;
    }
  }

  return {
    prepare: () => scanners.prepare(),
    update(roots, options = {}) {
      const run = last.then(() => scan(roots, options));
      last = run.catch(() => undefined);
      return run;
    },
    async close(reason) {
      closed = reason;
      current?.stop.abort(reason);
      await Promise.all([last, scanners.endPrepared()]);
    },
    end: async (reason) => current?.scanner.end(reason),
  };
}
