import { readFileSync } from 'node:fs';

/** Clock ticks have been a hundredth of a second for programs on every Linux since 2.6 (`USER_HZ`). */
const millisecondsPerTick = 10;

/** Milliseconds that a process has computed for, all its threads together; undefined where the system does not tell. */
export function cpuTimeMs(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program, in parentheses, may hold anything; utime and stime are fields 14 and 15 (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
  } catch {
    return undefined;
  }
}
