import { workerData } from 'node:worker_threads';
import { serveMethods } from '@iib-kit/threads';
import { setCancellationFlag } from '../sqlite/connection/cancellation.ts';
import { checkDatabaseFile, type DatabaseFile } from '../sqlite/connection/database-file.ts';
import { openReader } from '../sqlite/connection/open-connection.ts';
import { fromSqliteFailure } from '../sqlite/connection/sqlite-failure.ts';
import type { Sqlite } from '../sqlite/connection/sqlite.ts';
import { lowerThreadPriority } from './lower-thread-priority.ts';
import { readerMethods } from './reader-methods.ts';

const { file, yields = false } = workerData as { file: DatabaseFile; yields?: boolean };

if (yields) lowerThreadPriority();

serveMethods(readerMethods(openDatabase()), {
  translateError: (error) => fromSqliteFailure(error, file.path),
  beforeCall: ({ flag }) => setCancellationFlag(flag),
});

/** Throws at the start of the thread, which ends it: the next call gets another. */
function openDatabase(): Sqlite {
  // The others have the file open that was there at first.
  checkDatabaseFile(file);
  try {
    return openReader(file.path);
  } catch (error) {
    throw fromSqliteFailure(error, file.path);
  }
}
