import { parentPort, workerData } from 'node:worker_threads';
import { fromSqliteFailure } from '../store/sqlite-failure.ts';
import { openWriterStore, type WriterStore } from '../store/writer-store.ts';
import { serveMethods } from './method-call.ts';
import { writerMethods } from './writer-methods.ts';

const { path } = workerData as { path: string };
const translate = (error: unknown): unknown => fromSqliteFailure(error, path);

/** Methods for a database that could not be opened: `ready` says why. */
function failedMethods(error: unknown) {
  return {
    ready: (): never => {
      throw error;
    },
  };
}

function methods() {
  let store: WriterStore;
  try {
    store = openWriterStore(path);
  } catch (error) {
    return failedMethods(error);
  }
  return writerMethods(store);
}

if (parentPort !== null) serveMethods(parentPort, methods(), translate);
