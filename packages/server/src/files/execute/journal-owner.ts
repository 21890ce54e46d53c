import { readFileSync } from 'node:fs';

import { errorCode } from '../../ports/error-code.ts';

/** The process that wrote a record, told from a later one with the same number by when it started. */
export interface JournalOwner {
  readonly pid: number;
  /** `0` where the system does not tell. */
  readonly started: string;
}

export const thisProcess: JournalOwner = { pid: process.pid, started: startOf(process.pid) };

/** Whether the owner is another process that still runs. */
export function isOtherAndRunning({ pid, started }: JournalOwner): boolean {
  if (pid === process.pid || !runs(pid)) return false;
  return started === startOf(pid);
}

export function isThisProcess({ pid, started }: JournalOwner): boolean {
  return pid === process.pid && started === thisProcess.started;
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Ticks from the start of the machine, where the system tells; see proc_pid_stat(5), field 22. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
  } catch {
    return '0';
  }
}
