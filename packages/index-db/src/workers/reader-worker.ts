import { parentPort, workerData } from 'node:worker_threads';
import { listenForAbandoning } from '../sqlite/connection/cancellation.ts';
import { fromSqliteFailure } from '../sqlite/connection/sqlite-failure.ts';
import { openReader } from '../sqlite/connection/open-connection.ts';
import { serveMethods } from './method-call.ts';
import { readerMethods } from './reader-methods.ts';

const { path, abandoned } = workerData as { path: string; abandoned?: Int32Array };
if (abandoned !== undefined) listenForAbandoning(abandoned);

if (parentPort !== null) {
  serveMethods(parentPort, readerMethods(openReader(path)), (error) => fromSqliteFailure(error, path));
}
