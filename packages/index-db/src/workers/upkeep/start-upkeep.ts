import { IndexError } from '@iib-kit/catalog';
import { fromSqliteFailure } from '../../sqlite/connection/sqlite-failure.ts';
import type { Sqlite } from '../../sqlite/connection/sqlite.ts';
import type { UpkeepTask } from '../../sqlite/write/upkeep/upkeep-task.ts';
import type { Activity } from '../activity.ts';
import { UpkeepSchedule } from './upkeep-schedule.ts';

interface UpkeepContext {
  readonly tasks: readonly UpkeepTask[];
  /** What the threads that read are asked. */
  readonly activity: Activity;
  /** Throws where the database is no longer the file at its path. */
  readonly checkFile: () => void;
}

/** Has the tasks of a database run while nobody waits for a thread of its index. */
export function startUpkeep(db: Sqlite, { tasks, activity, checkFile }: UpkeepContext): UpkeepSchedule {
  let seen = activity.begun;
  return new UpkeepSchedule({
    tasks,
    isBusy() {
      const before = seen;
      seen = activity.begun;
      return activity.running > 0 || seen !== before;
    },
    runSlice(task) {
      checkFile();
      return withoutWaiting(db, () => task.runSlice(false));
    },
    onFailure: (task, error) => warn(task, fromSqliteFailure(error, db.name)),
  });
}

/** Calls come before a slice that another program keeps from writing: it fails at once. */
function withoutWaiting<T>(db: Sqlite, work: () => T): T {
  const timeout = Number(db.pragma('busy_timeout', { simple: true }));
  db.pragma('busy_timeout = 0');
  try {
    return work();
  } finally {
    db.pragma(`busy_timeout = ${timeout}`);
  }
}

/** Nobody called for it, so there is nobody to reject. Another program at work is no failure. */
function warn({ name }: UpkeepTask, error: unknown): void {
  if (error instanceof IndexError && error.code === 'locked') return;
  process.emitWarning(`The upkeep task ${name} failed and is tried again later: ${String(error)}`);
}
