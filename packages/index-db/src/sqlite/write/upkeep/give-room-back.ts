import { freeBytesFor, incremental, vacuum } from '../../connection/vacuum.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import type { UpkeepTask } from './upkeep-task.ts';

const megabyte = 2 ** 20;
/** Unused room that is left alone: what is written next takes it. As a share of the file, and in bytes. */
const spare = { share: 0.05, bytes: 4 * megabyte };
/** Unused room that is worth writing a file of an earlier version again, in which it cannot be cut off bit by bit. */
const worthVacuum = { share: 0.25, bytes: 32 * megabyte };
/** Larger ones are not written again by themselves: writing waits for it, and this takes some seconds. */
const largestVacuum = 512 * megabyte;
/** The log and a copy are written, each as large as what is used. */
const neededTimes = 2.2;
/** A few milliseconds of work. */
const pagesPerSlice = 64;

/** Gives room that nothing uses any more back to the drive. */
export function giveRoomBackTask({ db }: { readonly db: Sqlite }, freeBytes = freeBytesFor): UpkeepTask {
  return {
    name: 'give-room-back',
    runSlice(isThorough) {
      const { used, unused, isIncremental } = roomOf(db);
      const isMore = ({ share, bytes }: typeof spare): boolean =>
        unused > (used + unused) * share && (isThorough || unused > bytes);
      if (isIncremental) {
        if (!isMore(spare)) return false;
        db.exec(`PRAGMA incremental_vacuum(${pagesPerSlice})`);
        return isMore(spare);
      }
      if (!isMore(worthVacuum) || used > largestVacuum || freeBytes(db.name) < used * neededTimes)
        return false;
      vacuum(db);
      return false;
    },
  };
}

function roomOf(db: Sqlite) {
  const read = (name: string): number => Number(db.pragma(name, { simple: true }));
  const pageSize = read('page_size');
  const unused = read('freelist_count') * pageSize;
  return {
    unused,
    used: read('page_count') * pageSize - unused,
    isIncremental: read('auto_vacuum') === incremental,
  };
}
