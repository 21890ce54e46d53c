import { getPriority, setPriority } from 'node:os';

/** How much nicer an indexing thread is than the program; at 5 it gets a third of what others get where all are busy. */
const nicer = 5;

/**
 * Lets the other threads of the program go first where there are not enough cores: those that answer somebody. On
 * Linux a priority is a thread's own (setpriority(2), "C library/kernel differences"); elsewhere it would be the whole
 * program's, so nothing is done.
 */
export function lowerThreadPriority(): void {
  if (process.platform === 'linux') setPriority(0, Math.min(19, getPriority(0) + nicer));
}
