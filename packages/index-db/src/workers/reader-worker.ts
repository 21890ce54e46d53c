import { parentPort, workerData } from 'node:worker_threads';
import { listenForAbandoning } from '../search/abandoned.ts';
import { fromSqliteFailure } from '../store/sqlite-failure.ts';
import { openReader } from '../store/sqlite.ts';
import { serveMethods } from './method-call.ts';
import { readerMethods } from './reader-methods.ts';

const { path, abandoned } = workerData as { path: string; abandoned?: Int32Array };
if (abandoned !== undefined) listenForAbandoning(abandoned);

if (parentPort !== null) {
  serveMethods(parentPort, readerMethods(openReader(path)), (error) => fromSqliteFailure(error, path));
}
