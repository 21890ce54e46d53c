import { existsSync } from 'node:fs';
import {
  type CallOptions,
  IndexError,
  type IndexListener,
  type IndexSummary,
  type IndexWatch,
  type UpdateOptions,
  type WatchOptions,
} from '@iib-kit/catalog';
import { excludesFrom } from '@iib-kit/catalog/scan';
import { LinkedFolders } from '@iib-kit/catalog/watch';
import type { InputOf, Methods, OutputOf } from '@iib-kit/threads';
import type { WriterLimits } from '../sqlite/connection/open-connection.ts';
import { createChangeFeed } from './change-feed.ts';
import type { ReaderMethods } from './reader-methods.ts';
import { createReaderPool } from './reader-pool.ts';
import { createSlowQueryPool, type SlowQueryOptions } from './slow-query-pool.ts';
import { startIndexThread } from './start-index-thread.ts';
import { createUpdateRunner } from './update-runner.ts';
import { createWatches } from './watches.ts';
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
  watch(roots: readonly string[], options?: WatchOptions): Promise<IndexWatch>;
  subscribe(listener: IndexListener): () => void;
  readonly writer: Ask<WriterMethods>;
  /** Answer at once. */
  readonly readers: Ask<ReaderMethods>;
  /** May take long without anybody else waiting. */
  readonly slowQueries: Ask<ReaderMethods, SlowQueryOptions>;
  close(): Promise<void>;
}

export interface IndexThreadsOptions {
  readonly path: string;
  readonly readers: number;
  readonly describer: string;
  readonly exclude: readonly string[];
  readonly limits: WriterLimits;
}

// A batch of files with their texts, several times over.
const writerMemory = { oldMegabytes: 256, youngMegabytes: 16 };

/** Opens the database on its writing thread, then starts the reading ones. */
export async function startIndexThreads({
  path,
  readers,
  describer,
  exclude,
  limits,
}: IndexThreadsOptions): Promise<IndexThreads> {
  const closed = new IndexError('closed', `The index is closed: ${path}`);
  const writer = startIndexThread<WriterMethods>('writer-worker.js', { path, limits }, writerMemory);
  const feed = createChangeFeed(writer);
  const runner = createUpdateRunner({ path, describer, exclude, writer, flushed: () => feed.flushed() });
  // Of a new index the first update is what everybody waits for.
  if (!existsSync(path)) runner.prepare();
  try {
    await writer.ready();
  } catch (error) {
    await Promise.all([runner.close(closed), writer.end(closed)]);
    throw error;
  }
  const pool = createReaderPool(path, readers);
  const slowQueries = createSlowQueryPool(path);
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
  async function close(): Promise<void> {
    await watches.close();
    await runner.close(closed);
    await Promise.all([pool.close(closed), slowQueries.close(closed)]);
    await writer.call('close', undefined);
    feed.close();
    await writer.end(closed);
  }
  return guarded(closed, close, {
    update,
    watch: (roots, options) => watches.start(roots, options),
    subscribe: (listener) => feed.subscribe(listener),
    writer: (method, inputs, options) => writer.call(method, inputs, options),
    readers: (method, inputs, options) => pool.call(method, inputs, options),
    slowQueries: (method, inputs, options) => slowQueries.call(method, inputs, options),
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
    watch: unlessClosed(threads.watch),
    subscribe(listener) {
      throwIfClosed();
      return threads.subscribe(listener);
    },
    writer: unlessClosed(threads.writer),
    readers: unlessClosed(threads.readers),
    slowQueries: unlessClosed(threads.slowQueries),
    close: () => (closing ??= close()),
  };
}
