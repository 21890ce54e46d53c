import { workerData } from 'node:worker_threads';
import { serveMethods } from '@iib-kit/threads';
import { setCancellationFlag } from '../sqlite/connection/cancellation.ts';
import { openReader } from '../sqlite/connection/open-connection.ts';
import { fromSqliteFailure } from '../sqlite/connection/sqlite-failure.ts';
import { readerMethods } from './reader-methods.ts';

const { path } = workerData as { path: string };

serveMethods(readerMethods(openReader(path)), {
  translateError: (error) => fromSqliteFailure(error, path),
  beforeCall: ({ flag }) => setCancellationFlag(flag),
});
