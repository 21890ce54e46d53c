import { IndexError } from '@iib-kit/catalog';
import {
  type MemoryLimits,
  type Methods,
  serializeError,
  startThread,
  type WorkerClient,
  type WorkerError,
} from '@iib-kit/threads';
import { reviveIndexError } from './revive-index-error.ts';
import { threadFlags } from './thread-flags.ts';

/** How long a thread may take to end by itself, in milliseconds. */
const graceMs = 1000;

const execArgv = threadFlags(process.execArgv);

/** Starts a thread of the index; `file` stands beside the built package. */
export function startIndexThread<M extends Methods>(
  file: 'writer-worker.js' | 'reader-worker.js' | 'scanner-worker.js',
  workerData: unknown,
  memory: MemoryLimits,
): WorkerClient<M> {
  return startThread<M>(new URL(`./${file}`, import.meta.url), {
    workerData,
    memory,
    execArgv,
    graceMs,
    reviveError: reviveIndexError,
    failure: reasonOf,
  });
}

/** A thread that could not open the database ends with an `IndexError` that says so; Node makes it one of its own classes. */
function reasonOf(ended: WorkerError): IndexError {
  const own = ended.cause instanceof Error ? reviveIndexError(serializeError(ended.cause), ended) : undefined;
  if (own instanceof IndexError) return own;
  const message = `A thread of the index ended before it had answered (${ended.message}); try again`;
  return new IndexError('worker-failed', message, { cause: ended });
}
