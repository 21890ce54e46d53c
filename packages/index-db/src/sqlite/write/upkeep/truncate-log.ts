import { realpathSync, statSync } from 'node:fs';
import type { Sqlite } from '../../connection/sqlite.ts';
import type { UpkeepTask } from './upkeep-task.ts';

/** A log of this many bytes is left alone: SQLite writes it again from its beginning. */
const largestLog = 4 * 2 ** 20;

/** Moves what the write-ahead log holds into the file and makes it empty, which SQLite does at the end of a connection alone. */
export function truncateLogTask({ db }: { readonly db: Sqlite }): UpkeepTask {
  return {
    name: 'truncate-log',
    runSlice(isThorough) {
      const log = statSync(`${realpathSync(db.name)}-wal`, { throwIfNoEntry: false });
      // A reader that still needs it keeps it: then it is for the next time.
      if (log !== undefined && log.size > (isThorough ? 0 : largestLog))
        db.pragma('wal_checkpoint(TRUNCATE)');
      return false;
    },
  };
}
