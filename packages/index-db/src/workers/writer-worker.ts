import { workerData } from 'node:worker_threads';
import type { IndexChange } from '@iib-kit/catalog';
import { emitEvent, serveMethods } from '@iib-kit/threads';
import type { WriterLimits } from '../sqlite/connection/open-connection.ts';
import { fromSqliteFailure } from '../sqlite/connection/sqlite-failure.ts';
import { openWriterStore } from '../sqlite/write/writer-store.ts';
import { lowerThreadPriority } from './lower-thread-priority.ts';
import { writerMethods } from './writer-methods.ts';

const { path, limits } = workerData as { path: string; limits: WriterLimits };

lowerThreadPriority();

const notify = (change: IndexChange): void => emitEvent(change);

serveMethods(
  openWriterStore(path, limits).then((store) => writerMethods(store, notify)),
  { translateError: (error) => fromSqliteFailure(error, path) },
);
