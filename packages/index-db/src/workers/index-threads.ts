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
import { watchFolders } from '@iib-kit/catalog/watch';
import { createChangeFeed } from './change-feed.ts';
import { createLongReads, type LongReadOptions } from './slow-query-pool.ts';
import type { InputOf, OutputOf } from './method-call.ts';
import type { ReaderMethods } from './reader-methods.ts';
import { createReaderPool, untilAborted } from './reader-pool.ts';
import type { WriterLimits } from '../sqlite/connection/open-connection.ts';
import { startWorker } from './start-worker.ts';
import { createUpdateRunner } from './update-runner.ts';
import type { WriterMethods } from './writer-methods.ts';

type Write = <K extends keyof WriterMethods>(
  method: K,
  input: InputOf<WriterMethods, K>,
  options?: CallOptions,
) => Promise<OutputOf<WriterMethods, K>>;

type Read<Options> = <K extends keyof ReaderMethods>(
  method: K,
  input: InputOf<ReaderMethods, K>,
  options?: Options,
) => Promise<OutputOf<ReaderMethods, K>>;

/** The threads of one open index; every call fails with `closed` once it is closed. */
export interface IndexThreads {
  update(roots: readonly string[], options?: UpdateOptions): Promise<IndexSummary>;
  watch(roots: readonly string[], options?: WatchOptions): Promise<IndexWatch>;
  subscribe(listener: IndexListener): () => void;
  readonly write: Write;
  /** Asks a thread that answers at once. */
  readonly read: Read<CallOptions>;
  /** Asks a thread that may take long without anybody else waiting. */
  readonly readLong: Read<LongReadOptions>;
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
  const closedError = new IndexError('closed', `The index is closed: ${path}`);
  const writer = startWorker<WriterMethods>(
    new URL('./writer-worker.js', import.meta.url),
    { path, limits },
    writerMemory,
  );
  const runner = createUpdateRunner({ path, describer, exclude, writer, whenTold: () => feed.settled() });
  // Of a new index the first update is what everybody waits for.
  if (!existsSync(path)) runner.prepare();
  try {
    await writer.call('ready', undefined);
  } catch (error) {
    await Promise.all([runner.close(closedError), writer.terminate(closedError)]);
    throw error;
  }
  const pool = createReaderPool(path, readers);
  const longReads = createLongReads(path);
  const feed = createChangeFeed(writer);
  let closing: Promise<void> | undefined;

  function throwIfClosed(): void {
    if (closing !== undefined) throw closedError;
  }

  const watches = new Set<IndexWatch>();
  async function watch(roots: readonly string[], options?: WatchOptions): Promise<IndexWatch> {
    throwIfClosed();
    const started = await watchFolders(
      roots,
      {
        update: (looked, updateOptions) => runner.update(looked, updateOptions),
        excludes: excludesFrom(exclude),
      },
      options,
    );
    const watched: IndexWatch = {
      polled: started.polled,
      async close() {
        watches.delete(watched);
        await started.close();
      },
    };
    watches.add(watched);
    return watched;
  }

  async function close(): Promise<void> {
    await Promise.all([...watches].map((watched) => watched.close()));
    await runner.close(closedError);
    await Promise.all([pool.close(closedError), longReads.close(closedError)]);
    await writer.call('close', undefined);
    feed.close();
    await writer.terminate(closedError);
  }

  return {
    async update(roots, options) {
      throwIfClosed();
      return runner.update(roots, options);
    },
    watch,
    subscribe(listener) {
      throwIfClosed();
      return feed.subscribe(listener);
    },
    async write<K extends keyof WriterMethods>(
      method: K,
      input: InputOf<WriterMethods, K>,
      { signal }: CallOptions = {},
    ): Promise<OutputOf<WriterMethods, K>> {
      throwIfClosed();
      signal?.throwIfAborted();
      return untilAborted<OutputOf<WriterMethods, K>>(writer.call(method, input), signal);
    },
    async read<K extends keyof ReaderMethods>(
      method: K,
      input: InputOf<ReaderMethods, K>,
      options?: CallOptions,
    ): Promise<OutputOf<ReaderMethods, K>> {
      throwIfClosed();
      return pool.call(method, input, options);
    },
    async readLong<K extends keyof ReaderMethods>(
      method: K,
      input: InputOf<ReaderMethods, K>,
      options?: LongReadOptions,
    ): Promise<OutputOf<ReaderMethods, K>> {
      throwIfClosed();
      return longReads.call(method, input, options);
    },
    close: () => (closing ??= close()),
  };
}
