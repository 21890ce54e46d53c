import { MessageChannel } from 'node:worker_threads';
import { IndexError, type IndexSummary, type UpdateOptions } from '@iib-kit/catalog';
import type { MethodCaller, WorkerClient } from '@iib-kit/threads';
import type { ScannerMethods } from './scanner-worker.ts';
import { startIndexThread } from './start-index-thread.ts';
import type { WriterMethods } from './writer-methods.ts';

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

// The names and times of millions of new files are kept, to be read in the order of time.
// Reading a file leaves little behind that is used a moment later: with half of this room it takes a fifth longer.
const scannerMemory = { oldMegabytes: 1024, youngMegabytes: 16 };

const scanOver = new IndexError('closed', 'The scan is over');
/** How long a thread that was started ahead waits for an update, in milliseconds. */
const preparedFor = 30_000;

/** Scanning threads, of which one may be started before it is needed. */
function createScanners(start: () => WorkerClient<ScannerMethods>) {
  let prepared:
    | { readonly scanner: WorkerClient<ScannerMethods>; readonly expiry: NodeJS.Timeout }
    | undefined;

  function takePrepared(): WorkerClient<ScannerMethods> | undefined {
    const taken = prepared;
    prepared = undefined;
    clearTimeout(taken?.expiry);
    return taken?.scanner;
  }
  const endPrepared = async (): Promise<void> => takePrepared()?.end(scanOver);

  return {
    prepare(): void {
      if (prepared !== undefined) return;
      const expiry = setTimeout(() => void endPrepared(), preparedFor);
      expiry.unref();
      prepared = { scanner: start(), expiry };
    },
    take: (): WorkerClient<ScannerMethods> => takePrepared() ?? start(),
    endPrepared,
  };
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
  const scanners = createScanners(() =>
    startIndexThread<ScannerMethods>('scanner-worker.js', { path, describer, exclude }, scannerMemory),
  );

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
