import { workerData } from 'node:worker_threads';
import type { IndexChange } from '@iib-kit/catalog';
import { emitEvent, serveMethods } from '@iib-kit/threads';
import {
  checkDatabaseFile,
  type DatabaseFile,
  databaseFileAt,
  findReplacedFile,
} from '../sqlite/connection/database-file.ts';
import type { WriterLimits } from '../sqlite/connection/open-connection.ts';
import { fromSqliteFailure } from '../sqlite/connection/sqlite-failure.ts';
import { createUpkeepTasks } from '../sqlite/write/upkeep/upkeep-tasks.ts';
import { openWriterStore } from '../sqlite/write/writer-store.ts';
import type { Sqlite } from '../sqlite/connection/sqlite.ts';
import { Activity } from './activity.ts';
import { lowerThreadPriority } from './lower-thread-priority.ts';
import { startUpkeep } from './upkeep/start-upkeep.ts';
import { type WriterMethods, writerMethods } from './writer-methods.ts';

/** `file` is what the other threads have open; absent for the first thread. `activity` is of those that read. */
const { path, limits, file, activity } = workerData as {
  path: string;
  limits: WriterLimits;
  file: DatabaseFile | undefined;
  activity: Int32Array<SharedArrayBuffer>;
};

lowerThreadPriority();

const notify = (change: IndexChange): void => emitEvent(change);

serveMethods(openMethods(), { translateError: (error) => fromSqliteFailure(error, path) });

async function openMethods(): Promise<WriterMethods> {
  if (file) checkDatabaseFile(file);
  const store = await openWriterStore(path, limits);
  const checkFile = fileCheck(store.db);
  const tasks = createUpkeepTasks(store, limits);
  const upkeep = startUpkeep(store.db, { tasks, activity: new Activity(activity), checkFile });
  return writerMethods(store, notify, { checkFile, tasks, upkeep });
}

/** Throws where what is written would be lost. What the log alone has goes into the file once, which may only have moved. */
function fileCheck(db: Sqlite): () => void {
  const opened = databaseFileAt(path);
  let isSaved = false;
  return () => {
    const found = findReplacedFile(opened);
    // One page of the log makes no database of an emptied file.
    if (found && !found.isEmptied && !isSaved) saveLog(db);
    isSaved = found !== undefined;
    if (found) throw found.error;
  };
}

function saveLog(db: Sqlite): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // There is nowhere else to save it to.
  }
}
