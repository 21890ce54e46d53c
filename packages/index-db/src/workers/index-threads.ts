import { existsSync } from 'node:fs';
import {
  type CallOptions,
  IndexError,
  type IndexListener,
  type IndexSummary,
  type IndexWatch,
  type ReadPathsOptions,
  type UpdateOptions,
  type WatchOptions,
} from '@iib-kit/catalog';
import { excludesFrom } from '@iib-kit/catalog/scan';
import { LinkedFolders } from '@iib-kit/catalog/watch';
import type { InputOf, Methods, OutputOf } from '@iib-kit/threads';
import type { WriterLimits } from '../sqlite/connection/open-connection.ts';
import { checkDatabaseFileLater } from '../sqlite/connection/database-file.ts';
import { Activity } from './activity.ts';
import { closeInTime } from './close-in-time.ts';
import type { ReaderMethods } from './reader-methods.ts';
import { createPathReader, type PathReader } from './scanning/path-reader.ts';
import { createReaderPool } from './reader-pool.ts';
import { createExpressionPool, createSlowQueryPool, type SlowQueryOptions } from './slow-query-pool.ts';
import { shareRunning } from './share-running.ts';
import { startWriting, type Writing } from './start-writing.ts';
import { createUpdateRunner, type UpdateRunner } from './scanning/update-runner.ts';
import { createWatches, type Watches } from './watches.ts';
import type { WriterMethods } from './writer-methods.ts';

/** Asks a thread for what a method gives. */
type Ask<M extends Methods, Options = CallOptions> = <K extends keyof M & string>(
  method: K,
  inputs: InputOf<M, K>,
  options?: Options,
) => Promise<OutputOf<M, K>>;

/** The threads of one open index; every call fails with `closed` once it is closed. */
export interface IndexThreads {
  update(roots: readonly string[], options?: UpdateOptions): Promise<IndexSummary>;
  readPaths(paths: readonly string[], options: ReadPathsOptions): Promise<void>;
  watch(roots: readonly string[], options?: WatchOptions): Promise<IndexWatch>;
  subscribe(listener: IndexListener): () => void;
  /** Rejects where the files of the database are others, or a thread that ended cannot be replaced. */
  ping(): Promise<void>;
  readonly writer: Ask<WriterMethods>;
  /** Answer at once. */
  readonly readers: Ask<ReaderMethods>;
  /** May take long without anybody else waiting. */
  readonly slowQueries: Ask<ReaderMethods, SlowQueryOptions>;
  /** May be hopeless: only expressions wait for expressions. */
  readonly expressions: Ask<ReaderMethods, SlowQueryOptions>;
  close(): Promise<void>;
}

export interface IndexThreadsOptions {
  readonly path: string;
  readonly readers: number;
  readonly describer: string;
  readonly exclude: readonly string[];
  readonly limits: WriterLimits;
  readonly closeTimeoutMs: number;
}

/** Opens the database on its writing thread, then starts the reading ones. */
export async function startIndexThreads(options: IndexThreadsOptions): Promise<IndexThreads> {
  const { path, readers, describer, exclude, limits, closeTimeoutMs } = options;
  const closed = new IndexError('closed', `The index is closed: ${path}`);
  const activity = new Activity();
  const writing = startWriting(path, limits, activity);
  const { writer, feed } = writing;
  const scanning = { path, describer, exclude, writer, flushed: () => feed.flushed() };
  const runner = createUpdateRunner(scanning);
  const reader = createPathReader(scanning);
  // Of a new index the first update is what everybody waits for.
  if (!existsSync(path)) runner.prepare();
  const file = await writing.open().catch(async (error: unknown) => {
    await Promise.all([runner.close(closed), writer.end(closed)]);
    throw error;
  });
  const pool = createReaderPool(file, readers);
  const slowQueries = createSlowQueryPool(file);
  const expressions = createExpressionPool(file);
  const linkedFolders = new LinkedFolders();
  const update = async (roots: readonly string[], options: UpdateOptions = {}): Promise<IndexSummary> => {
    const summary = await runner.update(roots, options);
    linkedFolders.note(roots, options, summary);
    return summary;
  };
  const watches = createWatches({
    update,
    linkedFolders,
    mountPoints: () => pool.call('mountPoints', []),
    excludes: excludesFrom(exclude),
  });
  const close = closerOf(
    { watches, runner, reader, pools: [pool, slowQueries, expressions], writing },
    closed,
    closeTimeoutMs,
  );
  return guarded(closed, close, {
    update,
    readPaths: (paths, options) => reader.read(paths, options),
    watch: (roots, options) => watches.start(roots, options),
    subscribe: (listener) => feed.subscribe(listener),
    // A drive that does not answer holds one look up, not all threads that look at files.
    ping: shareRunning(async () => {
      await Promise.all([checkDatabaseFileLater(file), writing.ping(), pool.running()]);
    }),
    writer: (method, inputs, options) => writing.call(method, inputs, options),
    readers: (method, inputs, options) => activity.during(() => pool.call(method, inputs, options)),
    slowQueries: (method, inputs, options) =>
      activity.during(() => slowQueries.call(method, inputs, options)),
    expressions: (method, inputs, options) =>
      activity.during(() => expressions.call(method, inputs, options)),
  });
}

interface ClosedParts {
  readonly watches: Watches;
  readonly runner: UpdateRunner;
  readonly reader: PathReader;
  readonly pools: readonly { close(reason: Error): Promise<void> }[];
  readonly writing: Writing;
}

function closerOf(
  { watches, runner, reader, pools, writing: { writer, feed } }: ClosedParts,
  closed: IndexError,
  milliseconds: number,
): () => Promise<void> {
  const closePools = () => Promise.all(pools.map((pool) => pool.close(closed)));
  return () =>
    closeInTime({
      milliseconds,
      async finish() {
        await watches.close();
        await Promise.all([runner.close(closed), reader.close(closed)]);
        await closePools();
        // One that has ended has nothing open.
        if (!writer.isEnded) await writer.call('close', undefined);
      },
      async endAll() {
        feed.close();
        await Promise.all([closePools(), runner.end(closed), reader.end(closed), writer.end(closed)]);
      },
    });
}

/** The same threads, which answer nothing any more once they are being closed. */
function guarded(
  closed: IndexError,
  close: () => Promise<void>,
  threads: Omit<IndexThreads, 'close'>,
): IndexThreads {
  let closing: Promise<void> | undefined;
  function throwIfClosed(): void {
    if (closing !== undefined) throw closed;
  }
  const unlessClosed =
    <Inputs extends readonly unknown[], Output>(call: (...inputs: Inputs) => Promise<Output>) =>
    async (...inputs: Inputs): Promise<Output> => {
      throwIfClosed();
      return call(...inputs);
    };
  return {
    update: unlessClosed(threads.update),
    readPaths: unlessClosed(threads.readPaths),
    watch: unlessClosed(threads.watch),
    subscribe(listener) {
      throwIfClosed();
      return threads.subscribe(listener);
    },
    ping: unlessClosed(threads.ping),
    writer: unlessClosed(threads.writer),
    readers: unlessClosed(threads.readers),
    slowQueries: unlessClosed(threads.slowQueries),
    expressions: unlessClosed(threads.expressions),
    close: () => (closing ??= close()),
  };
}
