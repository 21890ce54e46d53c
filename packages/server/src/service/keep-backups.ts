import path from 'node:path';

import type { LibraryOverview, Backups } from '@iib-kit/catalog';
import { errorCode } from '../ports/error-code.ts';
import type { Logger } from '../ports/logger.ts';

/** An index, as far as backups of it go. */
type CopiedIndex = Pick<LibraryOverview, 'basicInfo'> & Partial<Backups>;

const minute = 60_000;
const hour = 60 * minute;

/** How often it is looked whether a day has begun. */
const lookEvery = 20 * minute;
/** Time between two daily copies of one process, whatever the clock says: one that jumps makes no day longer or shorter. */
const shortestDay = 20 * hour;
const longestDay = 30 * hour;
/** A copy that is younger will do before risky work. */
const recent = hour;

/** Copies of the index that are made by themselves. */
export interface KeptBackups {
  /** Makes the copy of the day, now and whenever a day has begun. */
  start(): void;
  /**
   * Makes a copy before work that changes much and cannot be undone, unless there is a recent one. Resolves also where none
   * could be made, with a line in the log: the work may be what makes room.
   */
  beforeRisk(): Promise<void>;
  close(): void;
}

export interface BackupClock {
  /** The date, in milliseconds; may jump. */
  readonly date: () => number;
  /** Milliseconds since any moment; never jumps. */
  readonly elapsed: () => number;
}

const clockOfSystem: BackupClock = { date: () => Date.now(), elapsed: () => performance.now() };

/** Copies an index that can be copied, once a day (of UTC, as the copies are named) and before risky work; `kept` copies stay. */
export function keepBackups(
  index: CopiedIndex,
  { kept, log, clock = clockOfSystem }: { kept: number; log: Logger; clock?: BackupClock },
): KeptBackups {
  let timer: NodeJS.Timeout | undefined;
  let lastElapsed: number | undefined;
  let running: Promise<void> = Promise.resolve();

  async function copyIf(isDue: (stamps: readonly string[]) => boolean): Promise<void> {
    if (kept === 0 || index.backUp === undefined || index.backups === undefined) return;
    try {
      const stamps = (await index.backups()).map(stampOf);
      if (!isDue(stamps)) return;
      // A copy of nothing would be the only one of its day.
      if ((await index.basicInfo()).imageCount === 0) return;
      await index.backUp({ kept });
      lastElapsed = clock.elapsed();
    } catch (err) {
      if (errorCode(err) !== 'closed') log.warn({ err }, 'the index could not be backed up');
    }
  }

  const sinceLast = () => (lastElapsed === undefined ? undefined : clock.elapsed() - lastElapsed);

  function isDailyDue(stamps: readonly string[]): boolean {
    const passed = sinceLast();
    if (passed !== undefined && passed < shortestDay) return false;
    if (passed !== undefined && passed > longestDay) return true;
    const today = dayOf(clock.date());
    return !stamps.some((stamp) => stamp.startsWith(`${today}T`));
  }

  function isRecentMissing(stamps: readonly string[]): boolean {
    const passed = sinceLast();
    if (passed !== undefined) return passed > recent;
    const now = clock.date();
    return !stamps.some((stamp) => {
      const age = now - timeOf(stamp);
      return age >= 0 && age <= recent;
    });
  }

  /** One after the other: two that are due at once are one. */
  const inTurn = (isDue: (stamps: readonly string[]) => boolean) =>
    (running = running.then(() => copyIf(isDue)));
  const daily = () => void inTurn(isDailyDue);

  return {
    start() {
      daily();
      timer = setInterval(daily, lookEvery);
      timer.unref();
    },
    beforeRisk: () => inTurn(isRecentMissing),
    close: () => clearInterval(timer),
  };
}

/** When a copy was made, as its name says: `20240506T070809000Z`. */
function stampOf(copy: string): string {
  return /\.(\d{8}T\d{9}Z)(?:-\d+)?\.bak$/.exec(path.basename(copy))?.[1] ?? '';
}

function dayOf(date: number): string {
  return new Date(date).toISOString().slice(0, 10).replaceAll('-', '');
}

function timeOf(stamp: string): number {
  return Date.parse(stamp.replace(/^(....)(..)(..)T(..)(..)(..)(...)Z$/, '$1-$2-$3T$4:$5:$6.$7Z'));
}
