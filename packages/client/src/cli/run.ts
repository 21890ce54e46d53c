import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** Executes a command; what it gives is the exit code of the program. */
export type Run = (command: (terminal: Terminal) => Promise<ExitCode>) => Promise<void>;
