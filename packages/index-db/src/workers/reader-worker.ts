import { parentPort, workerData } from 'node:worker_threads';
import { fromSqliteFailure } from '../store/sqlite-failure.ts';
import { openReader } from '../store/sqlite.ts';
import { serveMethods } from './method-call.ts';
import { readerMethods } from './reader-methods.ts';

const { path } = workerData as { path: string };

if (parentPort !== null) {
  serveMethods(parentPort, readerMethods(openReader(path)), (error) => fromSqliteFailure(error, path));
}
