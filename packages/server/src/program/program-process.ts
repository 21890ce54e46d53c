import type { Writable } from 'node:stream';

/** What the program needs of its process. */
export interface ProgramProcess {
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly output: Writable & { isTTY?: boolean };
  readonly errors: Writable & { isTTY?: boolean };
  /** Ends what the program does before it serves. */
  readonly signal?: AbortSignal;
}
