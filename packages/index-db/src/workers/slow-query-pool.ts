import { createWorkerPool, type PoolCallOptions, type WorkerPool } from '@iib-kit/threads';
import type { DatabaseFile } from '../sqlite/connection/database-file.ts';
import type { ReaderMethods } from './reader-methods.ts';
import { readerMemory } from './reader-pool.ts';
import { startIndexThread } from './start-index-thread.ts';

/** A query that exceeds its limit of time fails, and its thread is ended. */
export type SlowQueryOptions = Pick<PoolCallOptions<never>, 'signal' | 'limit'>;

const threads = 2;

/** Two endless expressions leave room for those of others. */
const expressionThreads = 4;
const expressionIdleMs = 60_000;

/**
 * How long a thread may take to notice that its query was cancelled, in milliseconds; then it is ended. One that is deep
 * in an expression, or sorts, notices nothing. Starting another costs more than most of what is cancelled.
 */
const cancelMs = 300;

/** Threads for queries that may take long: they wait for each other, and no other query waits for them. */
export function createSlowQueryPool(file: DatabaseFile): WorkerPool<ReaderMethods> {
  return createWorkerPool({
    start: () => startIndexThread<ReaderMethods>('reader-worker.js', { file }, readerMemory),
    size: threads,
    cancelMs,
  });
}

/**
 * Threads for expressions, which may be hopeless and fill a core until their limit: no query of another kind waits for
 * them, and they leave the processor to the others. They end when nobody searches by expression any more.
 */
export function createExpressionPool(file: DatabaseFile): WorkerPool<ReaderMethods> {
  return createWorkerPool({
    start: () => startIndexThread<ReaderMethods>('reader-worker.js', { file, yields: true }, readerMemory),
    size: expressionThreads,
    idleMs: expressionIdleMs,
    cancelMs,
  });
}
