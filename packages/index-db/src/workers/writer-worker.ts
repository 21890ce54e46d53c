import { parentPort, workerData } from 'node:worker_threads';
import { fromSqliteFailure } from '../sqlite/connection/sqlite-failure.ts';
import type { WriterLimits } from '../sqlite/connection/open-connection.ts';
import type { IndexChange } from '@iib-kit/catalog';
import { openWriterStore } from '../sqlite/write/writer-store.ts';
import { giveWay } from './lower-thread-priority.ts';
import { serveMethods } from './method-call.ts';
import { writerMethods } from './writer-methods.ts';

const { path, limits } = workerData as { path: string; limits: WriterLimits };
const translate = (error: unknown): unknown => fromSqliteFailure(error, path);

giveWay();

function tell(event: IndexChange): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.postMessage({ event });
}

/** Methods for a database that could not be opened: `ready` says why. */
function failedMethods(error: unknown) {
  return {
    ready: (): never => {
      throw error;
    },
  };
}

async function openMethods() {
  try {
    return writerMethods(await openWriterStore(path, limits), tell);
  } catch (error) {
    return failedMethods(error);
  }
}

// What was posted meanwhile waits in the port.
if (parentPort !== null) serveMethods(parentPort, await openMethods(), translate);
